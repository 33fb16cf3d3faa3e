/** Deletes what has run out, so that no table grows with everything that ever happened. */
@NullMarked
@CheckReturnValue
package com.napalmsky.user.retention;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
