/**
 * How a process of ours runs: time, settings, start and stop. Nothing here knows a service.
 *
 * <p>The only package that reads a clock or sets a timer.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.shared.runtime;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
