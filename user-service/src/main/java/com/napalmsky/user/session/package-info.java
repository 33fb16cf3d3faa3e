/**
 * Login sessions: who is behind a token, for how long, and how it ends.
 *
 * <p>Guarantees: tokens are 256 random bits and are stored as SHA-256 only. A session that was
 * displaced or logged out never becomes active again; whoever listens is told after the commit.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.user.session;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
