/** {@code /turn/*}: the servers through which two browsers find each other. */
@NullMarked
@CheckReturnValue
package com.napalmsky.gateway.http.turn;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
