package com.napalmsky.shared.bus;

import com.napalmsky.shared.bus.ServiceFailure.Code;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event bus with types, limits and an answer to everything. One for each verticle, which closes
 * it when it stops.
 *
 * <p>Requests and publishes are safe from any context. Serving and subscribing are confined to the
 * context of the verticle that owns the bus; its handlers run there.
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

  private final EventBus events;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final List<MessageConsumer<Object>> consumers = new ArrayList<>();

  public TypedBus(Vertx vertx) {
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
        message ->
            answer(message, endpoint, handler)
                .onComplete(
                    reply -> message.reply(reply, RECORD),
                    cause -> refuse(message, endpoint, cause)));
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
          try {
            listener.accept(RecordCodec.read(message.body(), topic.event()));
          } catch (RuntimeException fault) {
            LOG.error("listener of {} failed", topic.address(), fault);
          }
        });
  }

  @Override
  public <Q extends Record, R extends Record> Future<R> request(
      Endpoint<Q, R> endpoint, Q request) {
    if (inFlight.incrementAndGet() > MOST_IN_FLIGHT) {
      inFlight.decrementAndGet();
      return Future.failedFuture(
          new ServiceFailure(Code.OVERLOADED, endpoint.address() + ": too many requests wait"));
    }
    DeliveryOptions options =
        new DeliveryOptions(RECORD).setSendTimeout(endpoint.limit().toMillis());
    return events
        .request(endpoint.address(), request, options)
        .onComplete(done -> inFlight.decrementAndGet())
        .map(reply -> RecordCodec.read(reply.body(), endpoint.reply()))
        .recover(cause -> Future.failedFuture(failure(endpoint, cause)));
  }

  @Override
  public <E extends Record> void publish(Topic<E> topic, E event) {
    events.publish(topic.address(), event, RECORD);
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
    LOG.error("handler of {} failed", endpoint.address(), cause);
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
        case TIMEOUT, ERROR -> ServiceFailure.unavailable(what);
      };
    }
    return new ServiceFailure(Code.INTERNAL, endpoint.address() + ": " + cause);
  }
}
