/**
 * {@code /media/*} and {@code /uploads/*}: selfies and videos pass through the gateway, in both
 * directions, between the client and the listener of a user-service. Nothing of them is kept here.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.gateway.http.media;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
