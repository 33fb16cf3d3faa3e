/**
 * Staying within the memory that a process was given: how much that is, how much of it is in use,
 * and what is let go of or refused when it runs short.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.shared.runtime.memory;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
