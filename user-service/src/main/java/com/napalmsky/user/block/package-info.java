/**
 * Who does not want to meet whom.
 *
 * <p>Guarantees: hiding is mutual and committed before anybody is told. What a report hides is not
 * listed here and does not end here.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.user.block;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
