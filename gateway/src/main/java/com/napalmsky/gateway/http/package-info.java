/**
 * The HTTP API: what is common to all routes. Each feature below this package lists its {@link
 * com.napalmsky.gateway.http.Operation}s; {@link com.napalmsky.gateway.http.Guard} is the one place
 * where a request is let in or refused; {@link com.napalmsky.gateway.http.HttpApi} puts both on a
 * vertx-web router.
 *
 * <p>Every answer, refusals and faults included, is JSON with the security headers. Confined to one
 * event loop each; only sessions and limits are shared by all loops of the process.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.gateway.http;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
