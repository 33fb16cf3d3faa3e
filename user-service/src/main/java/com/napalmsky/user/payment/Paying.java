package com.napalmsky.user.payment;

import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.code.AccessCodes;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.profile.Profiles;

/** The features of paying, wired together. Safe from any context. */
public record Paying(Checkouts checkouts, Webhooks webhooks, PaymentStatuses statuses) {

  public static Paying wire(
      Database database,
      Bus bus,
      Timers timers,
      StripeApi stripe,
      AccessCodes codes,
      Profiles profiles,
      PaymentConfig config) {
    Payments payments = new Payments(database, bus, timers, codes, config.price());
    return new Paying(
        new Checkouts(database, timers, stripe, payments, config.requestLimit()),
        new Webhooks(payments, timers, config.webhookSecret()),
        new PaymentStatuses(database, timers, stripe, payments, profiles, config));
  }
}
