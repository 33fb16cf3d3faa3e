package com.napalmsky.shared.bus;

import com.napalmsky.shared.bus.FlowMeter.Counted;
import com.napalmsky.shared.bus.FlowMeter.Kind;
import com.napalmsky.shared.bus.ServiceFailure.Code;
import com.napalmsky.shared.log.LogKey;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.tracing.TracingPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event bus with types, limits and an answer to everything. One for each verticle, which closes
 * it when it stops.
 *
 * <p>Requests and publishes are safe from any context. Serving and subscribing are confined to the
 * context of the verticle that owns the bus; its handlers run there.
 *
 * <p>In a cluster the registry may still name a node that is gone or has just taken its handler
 * away, and what is sent there is lost without a word. A request that nobody was there to see is
 * therefore sent again after a moment; one that may be repeated is given a part of its limit only
 * and then sent again, which the next instance in turn gets. A request that waited in a node until
 * its sender had given up, because the node was stopped for a while, is not carried out.
 */
public final class TypedBus implements Bus {

  /**
   * How many requests of one verticle may wait for an answer. The bus itself has no back-pressure:
   * what is sent to a slow node would pile up without end.
   */
  public static final int MOST_IN_FLIGHT = 20_000;

  private static final Logger LOG = LoggerFactory.getLogger(TypedBus.class);
  private static final DeliveryOptions RECORD =
      new DeliveryOptions().setCodecName(RecordCodec.NAME);

  /** What comes over a socket has no trace yet, and begins one here. */
  private static final DeliveryOptions REQUEST =
      new DeliveryOptions(RECORD).setTracingPolicy(TracingPolicy.ALWAYS);

  /** Names the moment after which nobody waits for the answer, in milliseconds since 1970. */
  private static final String UNTIL = "until";

  private static final int MOST_ATTEMPTS = 3;
  private static final int LEAST_PAUSE_MILLIS = 50;
  private static final int PAUSE_SPREAD_MILLIS = 100;

  /** By how much the clocks of two machines may differ. */
  private static final long SKEW_MILLIS = 2_000;

  private final EventBus events;
  private final BusClock clock;
  private final boolean clustered;
  private final Traffic traffic;
  private final RepeatBudget repeats = new RepeatBudget();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final List<MessageConsumer<Object>> consumers = new ArrayList<>();

  public TypedBus(Vertx vertx) {
    this(vertx, BusClock.of(vertx), vertx.isClustered());
  }

  TypedBus(Vertx vertx, BusClock clock, boolean clustered) {
    this.clock = clock;
    this.clustered = clustered;
    traffic = Traffic.of(vertx);
    events = vertx.eventBus();
    try {
      events.registerCodec(new RecordCodec());
    } catch (IllegalStateException alreadyRegistered) {
      // Another verticle of this JVM was first; the codec has no state.
    }
  }

  /**
   * Serves an endpoint. Whatever the handler does, throwing included, the caller gets an answer.
   *
   * @return succeeds when every node can find the endpoint
   */
  public <Q extends Record, R extends Record> Future<Void> serve(
      Endpoint<Q, R> endpoint, Function<Q, Future<R>> handler) {
    return register(
        endpoint.address(),
        message -> {
          FlowMeter meter = traffic.received(endpoint.address());
          if (isGivenUp(message)) {
            LOG.atWarn()
                .addKeyValue(LogKey.ADDRESS, endpoint.address())
                .addKeyValue(LogKey.OUTCOME, "too_late")
                .log("a request came too late to be carried out");
            if (meter != null) {
              meter.came(message.body());
              meter.failed(Kind.TOO_LATE);
            }
            return;
          }
          if (meter == null) {
            answer(message, endpoint, handler)
                .onComplete(
                    reply -> message.reply(reply, RECORD),
                    cause -> refuse(message, endpoint, cause));
          } else {
            long begun = meter.begun();
            meter.came(message.body());
            meter
                .answered(begun, answer(message, endpoint, handler))
                .onComplete(
                    reply -> message.reply(new Counted(reply, meter), RECORD),
                    cause -> refuse(message, endpoint, cause));
          }
        });
  }

  private boolean isGivenUp(Message<Object> message) {
    String until = clustered ? message.headers().get(UNTIL) : null;
    return until != null && clock.now() > Long.parseLong(until) + SKEW_MILLIS;
  }

  /**
   * Listens to a topic.
   *
   * @return succeeds when every node knows of the listener
   */
  public <E extends Record> Future<Void> subscribe(Topic<E> topic, Consumer<E> listener) {
    return register(
        topic.address(),
        message -> {
          FlowMeter meter = traffic.received(topic.address());
          long begun = meter == null ? 0 : meter.begun();
          Throwable failed = hear(message, topic, listener);
          if (meter != null) {
            meter.came(message.body());
            meter.ended(begun, failed);
          }
        });
  }

  private static <E extends Record> @Nullable Throwable hear(
      Message<Object> message, Topic<E> topic, Consumer<E> listener) {
    try {
      listener.accept(RecordCodec.read(message.body(), topic.event()));
      return null;
    } catch (RuntimeException fault) {
      LOG.atError()
          .addKeyValue(LogKey.ADDRESS, topic.address())
          .setCause(fault)
          .log("a listener failed");
      return fault;
    }
  }

  @Override
  public <Q extends Record, R extends Record> Future<R> request(
      Endpoint<Q, R> endpoint, Q request) {
    if (inFlight.incrementAndGet() > MOST_IN_FLIGHT) {
      inFlight.decrementAndGet();
      FlowMeter meter = traffic.sent(endpoint.address());
      if (meter != null) {
        meter.failed(Kind.OVERLOADED);
      }
      return Future.failedFuture(
          new ServiceFailure(Code.OVERLOADED, endpoint.address() + ": too many requests wait"));
    }
    return (clustered
            ? insistently(endpoint, request)
            : once(endpoint, request, endpoint.limit().toMillis()))
        .onComplete(done -> inFlight.decrementAndGet());
  }

  private <Q extends Record, R extends Record> Future<R> insistently(
      Endpoint<Q, R> endpoint, Q request) {
    return attempt(endpoint, request, clock.now() + endpoint.limit().toMillis(), 1);
  }

  private <Q extends Record, R extends Record> Future<R> attempt(
      Endpoint<Q, R> endpoint, Q request, long end, int attempt) {
    long left = end - clock.now();
    long limit = endpoint.repeatable() ? left / (MOST_ATTEMPTS + 1 - attempt) : left;
    return once(endpoint, request, limit)
        .compose(
            reply -> {
              repeats.answered();
              return Future.succeededFuture(reply);
            },
            cause ->
                attempt < MOST_ATTEMPTS && isWorthRepeating(endpoint, cause) && repeats.take()
                    ? pause(cause).compose(over -> attempt(endpoint, request, end, attempt + 1))
                    : Future.failedFuture(cause));
  }

  private static boolean isWorthRepeating(Endpoint<?, ?> endpoint, Throwable cause) {
    return cause instanceof ServiceFailure failure
        && (failure.reachedNobody() || (endpoint.repeatable() && failure.isSilence()));
  }

  /** Who comes next may be a moment away; silence was long enough. */
  private Future<Void> pause(Throwable cause) {
    if (!(cause instanceof ServiceFailure failure && failure.reachedNobody())) {
      return Future.succeededFuture();
    }
    return clock.after(
        LEAST_PAUSE_MILLIS + ThreadLocalRandom.current().nextInt(PAUSE_SPREAD_MILLIS));
  }

  private <Q extends Record, R extends Record> Future<R> once(
      Endpoint<Q, R> endpoint, Q request, long limit) {
    long millis = Math.max(1, limit);
    DeliveryOptions options = new DeliveryOptions(REQUEST).setSendTimeout(millis);
    if (clustered) {
      options.addHeader(UNTIL, Long.toString(clock.now() + millis));
    }
    FlowMeter meter = traffic.sent(endpoint.address());
    if (meter == null) {
      return read(endpoint, events.request(endpoint.address(), request, options));
    }
    long begun = meter.begun();
    Future<Message<Object>> answer =
        events.request(endpoint.address(), new Counted(request, meter), options);
    return meter.answered(
        begun, read(endpoint, answer.onSuccess(reply -> meter.came(reply.body()))));
  }

  private static <R extends Record> Future<R> read(
      Endpoint<?, R> endpoint, Future<Message<Object>> answer) {
    return answer
        .map(reply -> RecordCodec.read(reply.body(), endpoint.reply()))
        .recover(cause -> Future.failedFuture(failure(endpoint, cause)));
  }

  @Override
  public <E extends Record> void publish(Topic<E> topic, E event) {
    FlowMeter meter = traffic.sent(topic.address());
    if (meter == null) {
      events.publish(topic.address(), event, RECORD);
    } else {
      meter.event();
      events.publish(topic.address(), new Counted(event, meter), RECORD);
    }
  }

  /** Requests of this bus that wait for an answer. */
  public int inFlight() {
    return inFlight.get();
  }

  /** Takes everything served and subscribed off the bus; may be called twice. */
  public Future<Void> close() {
    List<Future<Void>> closing = consumers.stream().map(MessageConsumer::unregister).toList();
    consumers.clear();
    return Future.join(closing).mapEmpty();
  }

  private Future<Void> register(
      String address, io.vertx.core.Handler<Message<Object>> messageHandler) {
    MessageConsumer<Object> consumer = events.consumer(address);
    consumers.add(consumer);
    consumer.handler(messageHandler);
    return consumer.completion();
  }

  private static <Q extends Record, R extends Record> Future<R> answer(
      Message<Object> message, Endpoint<Q, R> endpoint, Function<Q, Future<R>> handler) {
    try {
      // A body from another JVM is decoded only here, and may be unreadable.
      return handler.apply(RecordCodec.read(message.body(), endpoint.request()));
    } catch (RuntimeException fault) {
      return Future.failedFuture(fault);
    }
  }

  private static void refuse(Message<Object> message, Endpoint<?, ?> endpoint, Throwable cause) {
    if (cause instanceof ServiceFailure failure) {
      message.fail(failure.code().number(), failure.getMessage());
      return;
    }
    LOG.atError()
        .addKeyValue(LogKey.ADDRESS, endpoint.address())
        .setCause(cause)
        .log("a handler failed");
    message.fail(Code.INTERNAL.number(), endpoint.address() + " failed");
  }

  private static ServiceFailure failure(Endpoint<?, ?> endpoint, Throwable cause) {
    if (cause instanceof ServiceFailure failure) {
      return failure;
    }
    if (cause instanceof ReplyException reply) {
      String what = endpoint.address() + ": " + reply.failureType();
      return switch (reply.failureType()) {
        case RECIPIENT_FAILURE ->
            new ServiceFailure(Code.of(reply.failureCode()), String.valueOf(reply.getMessage()));
        case NO_HANDLERS -> ServiceFailure.nobody(what);
        case TIMEOUT, ERROR -> ServiceFailure.silence(what);
      };
    }
    return new ServiceFailure(Code.INTERNAL, endpoint.address() + ": " + cause);
  }
}
