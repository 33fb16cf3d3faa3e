/** The command line. What is wrong with it is said together with what would be right. */
@NullMarked
@CheckReturnValue
package com.napalmsky.importold.options;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
