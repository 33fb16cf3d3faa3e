/** The STUN and TURN servers that a browser is told, behind a port for further providers. */
@NullMarked
@CheckReturnValue
package com.napalmsky.signaling.ice;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
