package com.napalmsky.user.health;

import com.napalmsky.shared.contract.health.HealthContract.Ask;
import com.napalmsky.shared.contract.health.HealthContract.Health;
import com.napalmsky.user.credential.Passwords;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.payment.StripeApi;
import io.vertx.core.Future;
import java.util.Map;

/** Ready while PostgreSQL answers within 2 s. Safe from any context. */
public final class UserHealth {

  private final Database database;
  private final Passwords passwords;
  private final StripeApi stripe;

  public UserHealth(Database database, Passwords passwords, StripeApi stripe) {
    this.database = database;
    this.passwords = passwords;
    this.stripe = stripe;
  }

  public Future<Health> ask(Ask ask) {
    return database
        .probe()
        .map(answered -> health(true))
        .recover(cause -> Future.succeededFuture(health(false)));
  }

  private Health health(boolean connected) {
    return new Health(
        connected,
        Map.of(
            "postgresql", connected ? "connected" : "unreachable",
            "postgresql.pool", Integer.toString(database.poolSize()),
            "postgresql.pool.max", Integer.toString(database.poolMax()),
            "postgresql.queue.max", Integer.toString(database.queueMax()),
            "passwords.pending", Integer.toString(passwords.pending()),
            "passwords.pending.max", Integer.toString(passwords.pendingMax()),
            "stripe", stripe.configured() ? "configured" : "not configured",
            "stripe.pending", Integer.toString(stripe.pending()),
            "stripe.pending.max", Integer.toString(stripe.pendingMax())));
  }
}
