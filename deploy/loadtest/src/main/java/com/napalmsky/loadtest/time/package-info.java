/**
 * The only place that reads the clock, starts timers or waits. An operation is measured from the
 * moment it was meant to happen, so that a server that keeps the generator waiting cannot hide it.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.loadtest.time;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
