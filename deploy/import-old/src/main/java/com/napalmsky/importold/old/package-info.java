/**
 * The old database. Nothing is ever written there, and nothing that is written there is trusted:
 * each value is read as text and means nothing until it could be understood.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.importold.old;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
