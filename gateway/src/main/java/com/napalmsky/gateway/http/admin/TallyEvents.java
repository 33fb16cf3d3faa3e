package com.napalmsky.gateway.http.admin;

import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.contract.tally.TallyContract;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.jspecify.annotations.Nullable;

/** Takes over what instances tell of their counts. Deployed once. */
public final class TallyEvents extends VerticleBase {

  private final Tallies tallies;
  private @Nullable TypedBus bus;

  public TallyEvents(Tallies tallies) {
    this.tallies = tallies;
  }

  @Override
  public Future<?> start() {
    TypedBus opened = new TypedBus(vertx);
    bus = opened;
    return opened
        .subscribe(TallyContract.COUNTED, tallies::heard)
        .recover(cause -> opened.close().transform(closed -> Future.failedFuture(cause)));
  }

  @Override
  public Future<?> stop() {
    return bus == null ? Future.succeededFuture() : bus.close();
  }
}
