/**
 * Everybody who is available, as this instance knows it: a bounded replica of what presence-service
 * owns, fed by its stream of changes and read again from its snapshot whenever the stream cannot be
 * trusted.
 *
 * <p>Guarantees: reads never leave the process. Changes may arrive in another order than they were
 * made; the newest of a user wins. People stand in a ring whose order is the same on every
 * instance. Confined to the context that created it.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.matchmaking.pool;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
