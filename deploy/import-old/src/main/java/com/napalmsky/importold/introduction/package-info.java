/** Who was introduced to whom, and what the target was told. */
@NullMarked
@CheckReturnValue
package com.napalmsky.importold.introduction;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
