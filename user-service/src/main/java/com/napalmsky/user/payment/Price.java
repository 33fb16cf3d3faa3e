package com.napalmsky.user.payment;

/**
 * What access costs.
 *
 * @param cents in the smallest unit of the currency
 * @param currency its code in lower case, as Stripe writes it
 */
public record Price(int cents, String currency) {}
