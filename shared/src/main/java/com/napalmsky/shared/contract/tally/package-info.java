/**
 * What instances counted in the last hour, told by each of them again and again, so that whoever
 * wants the sum of all needs to ask nobody and to store nothing.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.shared.contract.tally;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
