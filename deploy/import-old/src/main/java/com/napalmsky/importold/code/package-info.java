/** Access codes and who used them. */
@NullMarked
@CheckReturnValue
package com.napalmsky.importold.code;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
