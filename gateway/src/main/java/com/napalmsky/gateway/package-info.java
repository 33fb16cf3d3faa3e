/** The edge: the only module that knows the client protocol. */
@NullMarked
@CheckReturnValue
package com.napalmsky.gateway;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
