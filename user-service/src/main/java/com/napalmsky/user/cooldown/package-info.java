/**
 * Pairs that may not call each other for a while.
 *
 * <p>Guarantees: a cooldown is never shortened by another one, in whatever order they are set; only
 * the two together can end it.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.user.cooldown;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
