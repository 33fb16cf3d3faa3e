/** Whether this service can do its work. */
@NullMarked
@CheckReturnValue
package com.napalmsky.user.health;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
