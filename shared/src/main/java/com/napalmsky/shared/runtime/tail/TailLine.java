package com.napalmsky.shared.runtime.tail;

import com.napalmsky.shared.bus.Addresses;
import com.napalmsky.shared.bus.TrafficContract.Failures;
import com.napalmsky.shared.bus.TrafficContract.Flow;
import com.napalmsky.shared.bus.TrafficContract.Measured;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** One second of the bus as one line of JSON. */
final class TailLine {

  private static final Comparator<Flow> ORDER =
      Comparator.comparing(Flow::address).thenComparing(Flow::direction);

  private TailLine() {}

  /**
   * Writes a line, with its end.
   *
   * @param seconds one of each node
   */
  static Buffer of(Instant at, List<Measured> seconds, TailFilter filter) {
    JsonArray nodes = new JsonArray();
    JsonArray flows = new JsonArray();
    JsonObject gauges = new JsonObject();
    seconds.stream()
        .sorted(Comparator.comparing(Measured::node))
        .forEach(
            second -> {
              nodes.add(second.node());
              gauges.put(second.node(), gauges(second));
              second.flows().stream()
                  .filter(filter::passes)
                  .sorted(ORDER)
                  .forEach(flow -> flows.add(flow(second, flow)));
            });
    return new JsonObject()
        .put("at", at.toString())
        .put("nodes", nodes)
        .put("gauges", gauges)
        .put("flows", flows)
        .toBuffer()
        .appendString("\n");
  }

  private static JsonObject gauges(Measured second) {
    JsonObject gauges = new JsonObject();
    second.gauges().forEach(gauge -> gauges.put(gauge.name(), gauge.amount()));
    return gauges;
  }

  private static JsonObject flow(Measured second, Flow flow) {
    JsonObject failures = new JsonObject();
    for (Failures some : flow.failures()) {
      failures.put(some.kind(), some.count());
    }
    return new JsonObject()
        .put("node", second.node())
        .put("service", Addresses.owner(flow.address()))
        .put("address", flow.address())
        .put("direction", flow.direction().name().toLowerCase(Locale.ROOT))
        .put("messagesPerSecond", perSecond(flow.messages(), second.millis()))
        .put("bytesPerSecond", Math.round(perSecond(flow.bytes(), second.millis())))
        .put("inFlight", flow.inFlight())
        .put("p50Millis", flow.p50Micros() / 1e3)
        .put("p99Millis", flow.p99Micros() / 1e3)
        .put("failures", failures);
  }

  /** To a tenth. */
  private static double perSecond(long count, long millis) {
    return Math.round(count * 10_000.0 / Math.max(1, millis)) / 10.0;
  }
}
