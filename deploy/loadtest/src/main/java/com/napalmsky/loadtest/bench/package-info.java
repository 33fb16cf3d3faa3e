/** What a set of runs shows, held against the numbers that the system has to hold, as a page. */
@NullMarked
@CheckReturnValue
package com.napalmsky.loadtest.bench;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
