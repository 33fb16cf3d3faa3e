/**
 * What each line of a log says of its origin, and the few keys by which lines are found. Above
 * debug a log holds no names, mail or network addresses, tokens or anything that people wrote; ids
 * of users and calls it may hold.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.shared.log;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
