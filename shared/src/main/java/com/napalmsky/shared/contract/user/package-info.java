/** What user-service offers. See {@code docs/contracts/user.md}. */
@NullMarked
@CheckReturnValue
package com.napalmsky.shared.contract.user;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
