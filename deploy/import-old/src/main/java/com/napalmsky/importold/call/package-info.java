/** What was talked: the history of both members, calls that count, and pairs that wait. */
@NullMarked
@CheckReturnValue
package com.napalmsky.importold.call;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
