/** The run through all steps, from wherever an earlier one was ended. */
@NullMarked
@CheckReturnValue
package com.napalmsky.importold.run;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
