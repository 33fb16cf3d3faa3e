/** Who is online, who is free, and on which socket. */
@NullMarked
@CheckReturnValue
package com.napalmsky.presence;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
