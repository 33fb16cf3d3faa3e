/** Reports and bans. */
@NullMarked
@CheckReturnValue
package com.napalmsky.importold.moderation;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
