/**
 * Talking again before a cooldown is over, when both want it.
 *
 * <p>Guarantees: one wish alone changes nothing that the other could notice but that he is told of
 * it; a call's cooldown is ended by it once, and no other cooldown is.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.user.reunion;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
