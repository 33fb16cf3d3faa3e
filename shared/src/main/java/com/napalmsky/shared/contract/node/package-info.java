/** What processes ask each other about the bus itself. */
@NullMarked
@CheckReturnValue
package com.napalmsky.shared.contract.node;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
