/** What a step of the import is: rows of one old query become rows of one table of ours. */
@NullMarked
@CheckReturnValue
package com.napalmsky.importold.step;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
