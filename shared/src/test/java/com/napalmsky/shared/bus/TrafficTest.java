package com.napalmsky.shared.bus;

import static com.napalmsky.shared.bus.TypedBusTest.GREET;
import static com.napalmsky.shared.bus.TypedBusTest.GREETINGS;
import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.bus.TrafficContract.Direction;
import com.napalmsky.shared.bus.TrafficContract.Failures;
import com.napalmsky.shared.bus.TrafficContract.Flow;
import com.napalmsky.shared.bus.TypedBusTest.Greet;
import com.napalmsky.shared.bus.TypedBusTest.Greeted;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class TrafficTest {

  private static final String ADDRESS = GREET.address();

  private TypedBus bus;
  private Traffic traffic;

  @BeforeEach
  void open(Vertx vertx) {
    bus = new TypedBus(vertx);
    traffic = Traffic.of(vertx);
  }

  @Test
  void whileNobodyWatchesNothingIsMeasured(VertxTestContext test) {
    greetingEverybody()
        .compose(served -> bus.request(GREET, new Greet("Ada")))
        .onComplete(
            test.succeeding(
                reply ->
                    test.verify(
                        () -> {
                          assertThat(traffic.isMeasured()).isFalse();
                          assertThat(traffic.take()).isEmpty();
                          test.completeNow();
                        })));
  }

  @Test
  void aRequestIsSeenWhereItIsSentAndWhereItIsServed(VertxTestContext test) {
    traffic.measure();

    greetingEverybody()
        .compose(served -> bus.request(GREET, new Greet("Ada")))
        .compose(reply -> bus.request(GREET, new Greet("Bob")))
        .onComplete(
            test.succeeding(
                reply ->
                    test.verify(
                        () -> {
                          List<Flow> flows = traffic.take();
                          for (Direction direction : Direction.values()) {
                            Flow flow = flow(flows, ADDRESS, direction);
                            assertThat(flow.messages()).isEqualTo(2);
                            assertThat(flow.inFlight()).isZero();
                            assertThat(flow.failures()).isEmpty();
                            // By reference inside one process.
                            assertThat(flow.bytes()).isZero();
                            assertThat(flow.p99Micros()).isGreaterThanOrEqualTo(flow.p50Micros());
                          }
                          assertThat(flow(flows, ADDRESS, Direction.SENT).p50Micros()).isPositive();
                          assertThat(traffic.take()).as("taken once").isEmpty();
                          test.completeNow();
                        })));
  }

  @Test
  void whatWaitsIsInFlightUntilItIsAnswered(VertxTestContext test) {
    traffic.measure();
    Promise<Greeted> answer = Promise.promise();
    Promise<Void> asked = Promise.promise();

    Future<Void> served =
        bus.serve(
            GREET,
            greet -> {
              asked.complete();
              return answer.future();
            });
    Future<Greeted> reply =
        served.compose(
            ready -> bus.request(GREET.within(java.time.Duration.ofSeconds(30)), new Greet("Ada")));
    asked
        .future()
        .compose(
            waiting -> {
              List<Flow> flows = traffic.take();
              test.verify(
                  () -> {
                    assertThat(flow(flows, ADDRESS, Direction.RECEIVED).inFlight()).isEqualTo(1);
                    assertThat(flow(flows, ADDRESS, Direction.SENT).inFlight()).isEqualTo(1);
                  });
              answer.complete(new Greeted("hello"));
              return reply;
            })
        .onComplete(
            test.succeeding(
                done ->
                    test.verify(
                        () -> {
                          List<Flow> flows = traffic.take();
                          Flow sent = flow(flows, ADDRESS, Direction.SENT);
                          assertThat(sent.inFlight()).isZero();
                          assertThat(sent.messages()).as("counted when it was sent").isZero();
                          test.completeNow();
                        })));
  }

  @Test
  void failuresAreCountedByKindOnBothSides(VertxTestContext test) {
    traffic.measure();

    bus.serve(GREET, greet -> Future.failedFuture(ServiceFailure.invalid("no name")))
        .compose(served -> bus.request(GREET, new Greet("")))
        .transform(
            refused ->
                bus.request(
                    Endpoint.of("test.v1.nowhere", Greet.class, Greeted.class), new Greet("")))
        .onComplete(
            test.failing(
                nobody ->
                    test.verify(
                        () -> {
                          List<Flow> flows = traffic.take();
                          List<Failures> invalid = List.of(new Failures("invalid_request", 1));
                          assertThat(flow(flows, ADDRESS, Direction.SENT).failures())
                              .isEqualTo(invalid);
                          assertThat(flow(flows, ADDRESS, Direction.RECEIVED).failures())
                              .isEqualTo(invalid);
                          assertThat(flow(flows, "test.v1.nowhere", Direction.SENT).failures())
                              .containsExactly(new Failures("nobody_there", 1));
                          test.completeNow();
                        })));
  }

  @Test
  void silenceIsToldFromARefusal(VertxTestContext test) {
    traffic.measure();

    bus.serve(GREET, greet -> Promise.<Greeted>promise().future())
        .compose(served -> bus.request(GREET, new Greet("Ada")))
        .onComplete(
            test.failing(
                silence ->
                    test.verify(
                        () -> {
                          Flow sent = flow(traffic.take(), ADDRESS, Direction.SENT);
                          assertThat(sent.failures()).containsExactly(new Failures("silence", 1));
                          test.completeNow();
                        })));
  }

  @Test
  void eventsAreCountedAndAListenerThatThrowsFails(VertxTestContext test) {
    traffic.measure();

    bus.subscribe(
            GREETINGS,
            greet -> {
              throw new IllegalStateException("as tested");
            })
        .compose(
            subscribed -> {
              bus.publish(GREETINGS, new Greet("Ada"));
              // Comes after it, from the same sender to the same context.
              return greetingEverybody();
            })
        .compose(served -> bus.request(GREET, new Greet("Ada")))
        .onComplete(
            test.succeeding(
                done ->
                    test.verify(
                        () -> {
                          List<Flow> flows = traffic.take();
                          assertThat(flow(flows, GREETINGS.address(), Direction.SENT).messages())
                              .isEqualTo(1);
                          Flow heard = flow(flows, GREETINGS.address(), Direction.RECEIVED);
                          assertThat(heard.messages()).isEqualTo(1);
                          assertThat(heard.failures()).containsExactly(new Failures("internal", 1));
                          test.completeNow();
                        })));
  }

  @Test
  void bytesAreThoseThatCrossToOtherProcesses() {
    FlowMeter meter = new FlowMeter(ADDRESS, Direction.SENT);
    Buffer wire = Buffer.buffer();
    RecordCodec codec = new RecordCodec();

    codec.encodeToWire(wire, new FlowMeter.Counted(new Greet("Ada"), meter));
    Object arrived = codec.decodeFromWire(0, wire);
    meter.came(arrived);
    meter.came(new Greet("by reference"));

    int length = "{\"name\":\"Ada\"}".getBytes(StandardCharsets.UTF_8).length;
    assertThat(RecordCodec.read(arrived, Greet.class)).isEqualTo(new Greet("Ada"));
    assertThat(meter.take()).extracting(Flow::bytes).isEqualTo(2L * length);
  }

  @Test
  void instancesOfAnOperationAreOneAddress() {
    assertThat(Traffic.operation("gateway.v1.deliver.ab12cd34.1")).isEqualTo("gateway.v1.deliver");
    assertThat(Traffic.operation("user.v1.sign-up")).isEqualTo("user.v1.sign-up");
    assertThat(Traffic.operation("short.v1")).isEqualTo("short.v1");
  }

  @Test
  void whatWasMeasuredIsForgottenWhenTheWatchEnds(VertxTestContext test) {
    traffic.measure();

    greetingEverybody()
        .compose(served -> bus.request(GREET, new Greet("Ada")))
        .onComplete(
            test.succeeding(
                reply ->
                    test.verify(
                        () -> {
                          traffic.stop();
                          assertThat(traffic.take()).isEmpty();
                          traffic.measure();
                          assertThat(traffic.take()).isEmpty();
                          test.completeNow();
                        })));
  }

  private Future<Void> greetingEverybody() {
    return bus.serve(GREET, greet -> Future.succeededFuture(new Greeted("hello " + greet.name())));
  }

  private static Flow flow(List<Flow> flows, String address, Direction direction) {
    return flows.stream()
        .filter(flow -> flow.address().equals(address) && flow.direction() == direction)
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("no " + direction + " of " + address + " in " + flows));
  }
}
