/** What signaling-service offers. See {@code docs/contracts/signaling.md}. */
@NullMarked
@CheckReturnValue
package com.napalmsky.shared.contract.signaling;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
