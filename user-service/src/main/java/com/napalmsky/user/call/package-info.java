/**
 * Calls that are over: history, metrics, credit.
 *
 * <p>Guarantees: a call is stored once, wholly or not at all, however often and by however many it
 * is reported; two calls of the same people never block each other for good.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.user.call;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
