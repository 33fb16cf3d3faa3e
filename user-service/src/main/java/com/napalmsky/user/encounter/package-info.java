/**
 * Whether two people share a call, or did lately, and the end of one that must not go on.
 *
 * <p>Guarantees: nothing a client says is believed. A running call is known from presence and
 * signaling, a past one from the database.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.user.encounter;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
