/**
 * Payments through Stripe: the page to pay on, the webhook, and the question to Stripe when the
 * webhook is late.
 *
 * <p>Guarantees: what Stripe announces is recorded together with what it brings, in one
 * transaction, once for each event and once for each checkout, however often and in whatever order
 * it is announced; access is given for money that has arrived, of the right currency and enough of
 * it; money that cannot be matched is recorded too. While Stripe is silent nothing else waits for
 * it longer than its limit.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.user.payment;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
