/**
 * {@code /room/*}: who is available, as a list and as a reel, and the own history. The two lists
 * are written as a stream, since every client asks for them every few seconds.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.gateway.http.room;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
