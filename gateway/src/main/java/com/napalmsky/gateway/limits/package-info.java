/**
 * Who asks, and how often he may: the true address of a client, and fixed windows counted in this
 * process. Each limit has a setting; the number of counters is bounded.
 *
 * <p>Safe from any context.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.gateway.limits;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
