/**
 * What each lobby socket is looking at, and who therefore hears of which change. The cost of a
 * change is the number of people looking at it, not the number of people online.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.gateway.lobby;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
