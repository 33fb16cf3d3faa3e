/**
 * Accounts with their way to log in, the sessions of their clients, and what their calls add up to.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.importold.people;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
