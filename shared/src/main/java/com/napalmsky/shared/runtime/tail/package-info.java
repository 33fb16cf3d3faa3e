/**
 * Watching the bus: what crosses it, second by second, of all processes, on the management port of
 * each of them. Nothing is measured, sent or kept while nobody watches.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.shared.runtime.tail;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
