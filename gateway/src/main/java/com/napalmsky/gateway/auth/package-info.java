/**
 * Who is behind a token: the sessions this process knows, forgotten at once when user-service says
 * that they are over.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.gateway.auth;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
