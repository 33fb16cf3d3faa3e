/** The contracts of all services, taken together. */
@NullMarked
@CheckReturnValue
package com.napalmsky.shared.contract;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
