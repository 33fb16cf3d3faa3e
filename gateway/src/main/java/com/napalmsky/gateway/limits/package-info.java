/**
 * Who asks, and how often he may: the true address of a client, and fixed windows, counted for all
 * gateways where they share a Redis and else in this process. Each limit has a setting; the number
 * of counters in this process is bounded, and one in Redis ends with its window.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.gateway.limits;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
