/** {@code /referral/*}: links that lead to somebody, and who was introduced by them. */
@NullMarked
@CheckReturnValue
package com.napalmsky.gateway.http.referral;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
