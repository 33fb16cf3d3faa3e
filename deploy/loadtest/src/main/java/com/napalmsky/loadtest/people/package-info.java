/** Simulated people: an account, a socket, a place in the lobby and the others they look at. */
@NullMarked
@CheckReturnValue
package com.napalmsky.loadtest.people;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
