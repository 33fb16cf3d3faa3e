/** What a viewer lays over the lobby: cooldowns, who is hidden, who was introduced. */
@NullMarked
@CheckReturnValue
package com.napalmsky.user.overlay;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
