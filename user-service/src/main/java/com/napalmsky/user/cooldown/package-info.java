/**
 * Pairs that may not call each other for a while.
 *
 * <p>Guarantees: a cooldown is never shortened, by whomever and in whatever order it is set.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.user.cooldown;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
