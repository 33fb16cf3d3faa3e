/**
 * {@code /payment/*}: paying, Stripe's webhook, what opened the door for the own account, and the
 * own access code.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.gateway.http.payment;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
