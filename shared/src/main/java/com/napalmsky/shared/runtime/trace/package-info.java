/**
 * Traces of requests through gateway, bus, PostgreSQL and Redis, sent to a collector by
 * OpenTelemetry's protocol. Without an endpoint no class of OpenTelemetry's SDK is loaded.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.shared.runtime.trace;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
