package com.napalmsky.shared.bus;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.bus.ServiceFailure.Code;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class TypedBusTest {

  record Greet(String name) {}

  record Greeted(String text) {}

  static final Endpoint<Greet, Greeted> GREET =
      Endpoint.of("test.v1.greet", Greet.class, Greeted.class).within(Duration.ofMillis(300));
  private static final Duration SOON = Duration.ofSeconds(10);
  static final Topic<Greet> GREETINGS = new Topic<>("test.v1.greetings", Greet.class);

  @Test
  void aRequestGetsTheHandlersReply(Vertx vertx, VertxTestContext test) {
    TypedBus bus = new TypedBus(vertx);

    bus.serve(GREET, greet -> Future.succeededFuture(new Greeted("hello " + greet.name())))
        .compose(served -> bus.request(GREET, new Greet("Ada")))
        .onComplete(
            test.succeeding(
                reply ->
                    test.verify(
                        () -> {
                          assertThat(reply.text()).isEqualTo("hello Ada");
                          assertThat(bus.inFlight()).isZero();
                          test.completeNow();
                        })));
  }

  @Test
  void aHandlerThatThrowsAnswersInternalAtOnceAndKeepsItsTextToItself(
      Vertx vertx, VertxTestContext test) {
    TypedBus bus = new TypedBus(vertx);

    bus.serve(
            GREET,
            greet -> {
              throw new IllegalStateException("secret");
            })
        .compose(served -> bus.request(GREET, new Greet("Ada")))
        .onComplete(
            test.failing(
                cause ->
                    test.verify(
                        () -> {
                          assertThat(cause).isInstanceOf(ServiceFailure.class);
                          assertThat(((ServiceFailure) cause).code()).isEqualTo(Code.INTERNAL);
                          assertThat(cause).hasMessageNotContaining("secret");
                          test.completeNow();
                        })));
  }

  @Test
  void aFailureCrossesTheBusWithItsCode(Vertx vertx, VertxTestContext test) {
    TypedBus bus = new TypedBus(vertx);

    bus.serve(GREET, greet -> Future.failedFuture(ServiceFailure.invalid("no name")))
        .compose(served -> bus.request(GREET, new Greet("")))
        .onComplete(
            test.failing(
                cause ->
                    test.verify(
                        () -> {
                          assertThat(((ServiceFailure) cause).code())
                              .isEqualTo(Code.INVALID_REQUEST);
                          assertThat(cause).hasMessage("no name");
                          test.completeNow();
                        })));
  }

  @Test
  void nobodyThereIsUnavailable(Vertx vertx, VertxTestContext test) {
    new TypedBus(vertx)
        .request(GREET, new Greet("Ada"))
        .onComplete(
            test.failing(
                cause ->
                    test.verify(
                        () -> {
                          assertThat(((ServiceFailure) cause).code()).isEqualTo(Code.UNAVAILABLE);
                          test.completeNow();
                        })));
  }

  @Test
  void aHandlerThatNeverEndsIsUnavailableAfterTheLimit(Vertx vertx, VertxTestContext test) {
    TypedBus bus = new TypedBus(vertx);

    bus.serve(GREET, greet -> Promise.<Greeted>promise().future())
        .compose(served -> bus.request(GREET, new Greet("Ada")))
        .onComplete(
            test.failing(
                cause ->
                    test.verify(
                        () -> {
                          assertThat(((ServiceFailure) cause).code()).isEqualTo(Code.UNAVAILABLE);
                          test.completeNow();
                        })));
  }

  @Test
  void aListenerThatThrowsDoesNotStopTheNextEvent(Vertx vertx, VertxTestContext test) {
    TypedBus bus = new TypedBus(vertx);
    List<String> heard = new ArrayList<>();

    bus.subscribe(
            GREETINGS,
            greet -> {
              heard.add(greet.name());
              if (heard.size() == 1) {
                throw new IllegalStateException("first one fails");
              }
              test.verify(() -> assertThat(heard).containsExactly("Ada", "Bob"));
              test.completeNow();
            })
        .onComplete(
            test.succeeding(
                subscribed -> {
                  bus.publish(GREETINGS, new Greet("Ada"));
                  bus.publish(GREETINGS, new Greet("Bob"));
                }));
  }

  @Test
  void aRecordFromAnotherJvmIsReadWithUnknownFieldsIgnored() {
    Buffer wire = Buffer.buffer();
    byte[] json =
        "{\"name\":\"Ada\",\"since\":\"v2\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    wire.appendInt(json.length).appendBytes(json);

    Object body = new RecordCodec().decodeFromWire(0, wire);

    assertThat(RecordCodec.read(body, Greet.class)).isEqualTo(new Greet("Ada"));
  }

  @Test
  void aClosedBusServesNothing(Vertx vertx, VertxTestContext test) {
    TypedBus bus = new TypedBus(vertx);

    bus.serve(GREET, greet -> Future.succeededFuture(new Greeted("hello")))
        .compose(served -> bus.close())
        .compose(closed -> bus.close())
        .compose(closed -> bus.request(GREET, new Greet("Ada")))
        .onComplete(test.failingThenComplete());
  }

  @Test
  void inAClusterWhatNobodyWasThereToSeeIsSentAgain(Vertx vertx, VertxTestContext test) {
    TypedBus bus = clustered(vertx);
    AtomicInteger done = new AtomicInteger();
    Future<Greeted> asked = bus.request(GREET.within(SOON), new Greet("Ada"));

    bus.serve(GREET, greet -> Future.succeededFuture(new Greeted("" + done.incrementAndGet())))
        .compose(served -> asked)
        .onComplete(
            test.succeeding(
                reply ->
                    test.verify(
                        () -> {
                          assertThat(reply.text()).isEqualTo("1");
                          assertThat(bus.inFlight()).isZero();
                          test.completeNow();
                        })));
  }

  @Test
  void inAClusterTheNextInstanceIsAskedWhenOneIsSilent(Vertx vertx, VertxTestContext test) {
    TypedBus bus = clustered(vertx);
    AtomicInteger unanswered = new AtomicInteger();

    bus.serve(
            GREET,
            greet -> {
              unanswered.incrementAndGet();
              return Promise.<Greeted>promise().future();
            })
        .compose(
            served -> bus.serve(GREET, greet -> Future.succeededFuture(new Greeted("the other"))))
        .compose(served -> bus.request(GREET.mayBeRepeated(), new Greet("Ada")))
        .compose(first -> bus.request(GREET.mayBeRepeated(), new Greet("Ada")))
        .onComplete(
            test.succeeding(
                reply ->
                    test.verify(
                        () -> {
                          assertThat(reply.text()).isEqualTo("the other");
                          assertThat(unanswered).hasPositiveValue();
                          test.completeNow();
                        })));
  }

  @Test
  void whatMustNotBeDoneTwiceIsNotSentAgainAfterSilence(Vertx vertx, VertxTestContext test) {
    TypedBus bus = clustered(vertx);
    AtomicInteger done = new AtomicInteger();

    bus.serve(
            GREET,
            greet -> {
              done.incrementAndGet();
              return Promise.<Greeted>promise().future();
            })
        .compose(served -> bus.request(GREET, new Greet("Ada")))
        .onComplete(
            test.failing(
                cause ->
                    test.verify(
                        () -> {
                          assertThat(done).hasValue(1);
                          assertThat(((ServiceFailure) cause).code())
                              .isEqualTo(ServiceFailure.Code.UNAVAILABLE);
                          assertThat(((ServiceFailure) cause).reachedNobody()).isFalse();
                          test.completeNow();
                        })));
  }

  @Test
  void whatItsSenderHasGivenUpLongAgoIsNotCarriedOut(Vertx vertx, VertxTestContext test) {
    AtomicLong senders = new AtomicLong();
    TypedBus sender = new TypedBus(vertx, at(vertx, senders), true);
    TypedBus receiver =
        new TypedBus(vertx, at(vertx, new AtomicLong(GREET.limit().toMillis() + 3_000)), true);
    AtomicInteger done = new AtomicInteger();

    receiver
        .serve(
            GREET,
            greet -> {
              done.incrementAndGet();
              return Future.succeededFuture(new Greeted("hello"));
            })
        .compose(served -> sender.request(GREET, new Greet("Ada")))
        .transform(
            late -> {
              assertThat(late.failed()).isTrue();
              senders.set(2_000);
              return sender.request(GREET, new Greet("Ada"));
            })
        .onComplete(
            test.succeeding(
                inTime ->
                    test.verify(
                        () -> {
                          assertThat(done).hasValue(1);
                          test.completeNow();
                        })));
  }

  private static TypedBus clustered(Vertx vertx) {
    return new TypedBus(vertx, BusClock.of(vertx), true);
  }

  private static BusClock at(Vertx vertx, AtomicLong now) {
    BusClock real = BusClock.of(vertx);
    return new BusClock() {
      @Override
      public long now() {
        return now.get();
      }

      @Override
      public Future<Void> after(long millis) {
        return real.after(millis);
      }
    };
  }
}
