/**
 * One user's presence: his state, his sockets, and what each event makes of them.
 *
 * <p>Pure values and functions: no time but the one handed in, no store, no bus. Safe from any
 * context. Every store is held to these transitions.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.presence.user;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
