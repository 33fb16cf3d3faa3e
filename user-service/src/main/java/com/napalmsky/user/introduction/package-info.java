/** Links by which one person introduces a newcomer to another. */
@NullMarked
@CheckReturnValue
package com.napalmsky.user.introduction;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
