/**
 * E-mail addresses and passwords.
 *
 * <p>Guarantees: passwords are hashed and compared on workers of their own, never on an event loop,
 * and only so many wait; comparing costs the same whether there is an account or not.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.user.credential;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
