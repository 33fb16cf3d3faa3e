/**
 * The STUN and TURN servers that a browser is told.
 *
 * <p>Guarantees: an answer always, within the time of a caller; credentials that last for a whole
 * call from the moment they are given; no secret in a log or a text. A provider that fails costs
 * one user a wait, not each of them. Bounded by users kept and by requests under way.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.signaling.ice;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
