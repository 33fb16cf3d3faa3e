/**
 * Running calls and the tombstones of ended ones.
 *
 * <p>{@link com.napalmsky.signaling.call.Call} decides and has no outside; what it decided is
 * carried out by its holder afterwards, in order. Guarantees: only members are heard; one member's
 * events leave in the order of the commands; what a member missed while he was away is sent to him
 * once, in order; a call ends once and always by itself.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.signaling.call;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
