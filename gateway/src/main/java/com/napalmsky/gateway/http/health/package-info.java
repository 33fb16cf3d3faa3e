/**
 * What the system says of itself: {@code /}, {@code /health}, {@code /stats/live} for everybody,
 * and on the management port whether this process lives and is ready. Other services are asked
 * within a short limit, at most once a second for each event loop.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.gateway.http.health;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
