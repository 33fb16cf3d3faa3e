/**
 * Who invited whom, until it becomes a call or comes to nothing.
 *
 * <p>Guarantees: each invite ends exactly once, by a compare-and-set in the store, whichever
 * instance ends it; whoever lost the race is told so and does nothing. A cooldown is stored before
 * it is announced. Nothing relies on the instance that created an invite. Confined to the context
 * that created it; only the store is shared between instances.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.matchmaking.invite;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
