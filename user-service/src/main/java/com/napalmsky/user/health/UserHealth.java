package com.napalmsky.user.health;

import com.napalmsky.shared.contract.health.HealthContract.Ask;
import com.napalmsky.shared.contract.health.HealthContract.Health;
import com.napalmsky.user.credential.Passwords;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.payment.StripeApi;
import com.napalmsky.user.reset.ResetCounts;
import com.napalmsky.user.retention.SweepCounts;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;

/** Ready while PostgreSQL answers within 2 s. Safe from any context. */
public final class UserHealth {

  private final Database database;
  private final Passwords passwords;
  private final StripeApi stripe;
  private final ResetCounts resets;
  private final SweepCounts sweeps;

  public UserHealth(
      Database database,
      Passwords passwords,
      StripeApi stripe,
      ResetCounts resets,
      SweepCounts sweeps) {
    this.database = database;
    this.passwords = passwords;
    this.stripe = stripe;
    this.resets = resets;
    this.sweeps = sweeps;
  }

  public Future<Health> ask(Ask ask) {
    return database
        .probe()
        .map(answered -> health(true))
        .recover(cause -> Future.succeededFuture(health(false)));
  }

  private Health health(boolean connected) {
    Map<String, String> details = new HashMap<>(resets.details());
    details.putAll(sweeps.details());
    details.put("postgresql", connected ? "connected" : "unreachable");
    details.put("postgresql.pool", Integer.toString(database.poolSize()));
    details.put("postgresql.pool.max", Integer.toString(database.poolMax()));
    details.put("postgresql.queue.max", Integer.toString(database.queueMax()));
    details.put("passwords.pending", Integer.toString(passwords.pending()));
    details.put("passwords.pending.max", Integer.toString(passwords.pendingMax()));
    details.put("stripe", stripe.configured() ? "configured" : "not configured");
    details.put("stripe.pending", Integer.toString(stripe.pending()));
    details.put("stripe.pending.max", Integer.toString(stripe.pendingMax()));
    return new Health(connected, details);
  }
}
