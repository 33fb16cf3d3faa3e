package com.napalmsky.shared.bus;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A bus without Vert.x for feature tests: a request runs its handler at once, on the test's thread.
 * Everything asked and announced is kept, in order, for the test to look at.
 */
public final class LocalBus implements Bus {

  /** A request or an event, and where it went. */
  public record Sent(String address, Record message) {}

  private final Map<String, Function<Record, Future<? extends Record>>> handlers = new HashMap<>();
  private final Map<String, List<Consumer<Record>>> listeners = new HashMap<>();
  private final List<Sent> sent = new ArrayList<>();

  /** Answers an endpoint; a later handler of the same endpoint replaces an earlier one. */
  public <Q extends Record, R extends Record> LocalBus serve(
      Endpoint<Q, R> endpoint, Function<Q, Future<R>> handler) {
    handlers.put(endpoint.address(), request -> handler.apply(endpoint.request().cast(request)));
    return this;
  }

  /** Answers an endpoint with a value. */
  public <Q extends Record, R extends Record> LocalBus answer(
      Endpoint<Q, R> endpoint, Function<Q, R> handler) {
    return serve(endpoint, request -> Future.succeededFuture(handler.apply(request)));
  }

  /** Listens to a topic. */
  public <E extends Record> LocalBus subscribe(Topic<E> topic, Consumer<E> listener) {
    listeners
        .computeIfAbsent(topic.address(), address -> new ArrayList<>())
        .add(event -> listener.accept(topic.event().cast(event)));
    return this;
  }

  /** Makes an endpoint unreachable. */
  public LocalBus silence(Endpoint<?, ?> endpoint) {
    handlers.remove(endpoint.address());
    return this;
  }

  @Override
  public <Q extends Record, R extends Record> Future<R> request(
      Endpoint<Q, R> endpoint, Q request) {
    sent.add(new Sent(endpoint.address(), request));
    Function<Record, Future<? extends Record>> handler = handlers.get(endpoint.address());
    if (handler == null) {
      return Future.failedFuture(ServiceFailure.nobody(endpoint.address() + ": NO_HANDLERS"));
    }
    return handler.apply(request).map(endpoint.reply()::cast);
  }

  @Override
  public <E extends Record> void publish(Topic<E> topic, E event) {
    sent.add(new Sent(topic.address(), event));
    listeners.getOrDefault(topic.address(), List.of()).forEach(listener -> listener.accept(event));
  }

  /** Everything sent so far, oldest first. */
  public List<Sent> sent() {
    return List.copyOf(sent);
  }

  /** The requests or events of one type sent so far, oldest first. */
  public <T extends Record> List<T> sent(Class<T> type) {
    return sent.stream().map(Sent::message).filter(type::isInstance).map(type::cast).toList();
  }

  /** Forgets what was sent. */
  public void forget() {
    sent.clear();
  }
}
