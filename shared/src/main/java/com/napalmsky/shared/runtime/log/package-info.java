/** How a process writes its log, and the levels of it that can be changed while it runs. */
@NullMarked
@CheckReturnValue
package com.napalmsky.shared.runtime.log;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
