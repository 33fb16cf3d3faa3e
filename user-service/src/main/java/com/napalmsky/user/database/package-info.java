/**
 * How PostgreSQL is reached: where it is, the pool and its limits, the migrations.
 *
 * <p>Guarantees: no operation waits longer than its limit; an outage is {@code UNAVAILABLE} and
 * ends by itself; nothing that may not happen twice is repeated; no password in a message or a log.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.user.database;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
