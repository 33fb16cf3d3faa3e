/**
 * How people come in: sign-up as a guest, e-mail and password for a guest, login.
 *
 * <p>Guarantees: each is one transaction; what others must know is announced after its commit.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.user.account;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
