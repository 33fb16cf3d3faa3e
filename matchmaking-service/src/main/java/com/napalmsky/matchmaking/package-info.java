/**
 * matchmaking-service: the lobby everybody looks at, the reel, and the invites that lead to calls.
 *
 * <p>Only this package knows how the features are put together and put on the bus.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.matchmaking;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
