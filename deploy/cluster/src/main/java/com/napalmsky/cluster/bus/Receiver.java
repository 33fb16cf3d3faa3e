package com.napalmsky.cluster.bus;

import com.napalmsky.cluster.bus.SampleContract.Arrived;
import com.napalmsky.shared.bus.TypedBus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** The other process. */
final class Receiver extends VerticleBase {

  private final TypedBus bus;
  private long samples;

  Receiver(TypedBus bus) {
    this.bus = bus;
  }

  @Override
  public Future<?> start() {
    return Future.all(
        bus.serve(SampleContract.ECHO, Future::succeededFuture),
        bus.serve(
            SampleContract.ARRIVED,
            ask -> Future.succeededFuture(new Arrived(samples, ProcessCpu.nanos()))),
        bus.subscribe(SampleContract.PUBLISHED, sample -> samples++));
  }

  @Override
  public Future<?> stop() {
    return bus.close();
  }
}
