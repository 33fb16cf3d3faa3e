/** What presence-service offers. See {@code docs/contracts/presence.md}. */
@NullMarked
@CheckReturnValue
package com.napalmsky.shared.contract.presence;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
