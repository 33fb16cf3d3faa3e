package com.napalmsky.gateway.http;

import com.napalmsky.gateway.limits.ClientAddress;
import com.napalmsky.gateway.limits.Limit;
import com.napalmsky.gateway.limits.RateLimits;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.user.AdminContract;
import com.napalmsky.shared.contract.user.AdminContract.NoteRefusal;
import com.napalmsky.shared.contract.user.TokenHash;
import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has it written down who was refused on an admin's route. Best effort: the refusal neither waits
 * for it nor depends on it, and what is over the limits is counted only.
 */
public final class AdminRefusals {

  private static final Logger LOG = LoggerFactory.getLogger(AdminRefusals.class);
  private static final String EVERYBODY = "everybody";

  private final Bus bus;
  private final RateLimits limits;

  public AdminRefusals(Bus bus, RateLimits limits) {
    this.bus = bus;
    this.limits = limits;
  }

  void note(Operation<?> operation, Inbound inbound, String token) {
    String route = operation.method() + " " + operation.path();
    NoteRefusal refusal = new NoteRefusal(TokenHash.of(token), route, inbound.ip());
    limits
        .take(Limit.REFUSALS, "ip:" + ClientAddress.limitKey(inbound.ip()))
        .compose(
            own ->
                own.exceeded()
                    ? Future.succeededFuture(own)
                    : limits.take(Limit.ALL_REFUSALS, EVERYBODY))
        .compose(
            room ->
                room.exceeded()
                    ? Future.succeededFuture()
                    : bus.request(AdminContract.NOTE_REFUSAL, refusal))
        .onComplete(
            noted -> {},
            cause ->
                LOG.warn("refusal not written down route={} cause={}", route, cause.toString()));
  }
}
