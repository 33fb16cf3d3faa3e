/** How any service is asked whether it can do its work. */
@NullMarked
@CheckReturnValue
package com.napalmsky.shared.contract.health;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
