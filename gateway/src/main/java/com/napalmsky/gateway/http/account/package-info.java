/**
 * {@code /auth/*} and {@code /user/*}: becoming a guest, making the account permanent, signing in
 * and out, the own profile. user-service decides; here requests are read and outcomes become
 * answers.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.gateway.http.account;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
