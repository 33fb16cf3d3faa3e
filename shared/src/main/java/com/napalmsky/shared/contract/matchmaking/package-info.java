/** What matchmaking-service offers. See {@code docs/contracts/matchmaking.md}. */
@NullMarked
@CheckReturnValue
package com.napalmsky.shared.contract.matchmaking;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
