/**
 * Calls between two people: members, signalling, chat, time, and the end of it.
 *
 * <p>Everything of one call is decided on one event loop of the instance that opened it; see {@link
 * com.napalmsky.signaling.call}. A call that ended reaches the database exactly once, however long
 * the database is away; see {@link com.napalmsky.signaling.finish}. Where a browser finds its way
 * through firewalls is answered by {@link com.napalmsky.signaling.ice}.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.signaling;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
