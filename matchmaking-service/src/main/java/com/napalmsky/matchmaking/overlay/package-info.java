/**
 * What sets one viewer's lobby apart from everybody else's: running cooldowns, hidden people and
 * introductions.
 *
 * <p>Guarantees: loaded once for a viewer however many ask, kept current by events, bounded. An
 * event that arrives while an overlay is being loaded is not lost. Confined to the context that
 * created it.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.matchmaking.overlay;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
