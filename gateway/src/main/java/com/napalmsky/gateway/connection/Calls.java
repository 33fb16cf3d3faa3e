package com.napalmsky.gateway.connection;

import com.napalmsky.gateway.connection.ConnectionCounters.Count;
import com.napalmsky.gateway.event.ClientMessage.InCall;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.bus.Endpoint;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.signaling.CallAction;
import com.napalmsky.shared.contract.signaling.SignalingContract;
import com.napalmsky.shared.contract.signaling.SignalingContract.CallProgress;
import com.napalmsky.shared.contract.signaling.SignalingContract.Command;
import com.napalmsky.shared.contract.signaling.SignalingContract.CommandDone;
import com.napalmsky.shared.contract.signaling.SignalingContract.Locate;
import com.napalmsky.shared.contract.signaling.SignalingContract.Located;
import com.napalmsky.shared.contract.signaling.SignalingContract.Outcome;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Carries what is said in a call to the instance that holds it. Commands to a known owner follow
 * each other without waiting, since the bus keeps their order; while the owner is looked for, later
 * events wait. A command that meets no owner, because another instance is about to adopt the call,
 * is repeated for some seconds.
 */
final class Calls {

  /** From the first failure; an adoption takes up to five seconds from the death of an owner. */
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  /** For the owner of a call this socket is not bound to yet: others wait for the answer. */
  private static final Duration FIRST_PATIENCE = Duration.ofSeconds(2);

  private static final Duration PAUSE = Duration.ofMillis(400);

  /** Short, since the bus may ask the very instance that is lost; the next time it asks another. */
  private static final Endpoint<Locate, Located> LOCATE =
      SignalingContract.LOCATE.within(Duration.ofSeconds(1));

  private final Bus bus;
  private final Timers timers;
  private final String loop;
  private final Errands errands;
  private final Turns turns;
  private final ConnectionCounters counters;

  Calls(
      Bus bus,
      Timers timers,
      String loop,
      Errands errands,
      Turns turns,
      ConnectionCounters counters) {
    this.bus = bus;
    this.timers = timers;
    this.loop = loop;
    this.errands = errands;
    this.turns = turns;
    this.counters = counters;
  }

  /** An event of section 7 that names a room. */
  void carry(Connection connection, InCall said, Reply reply) {
    CallAction action = said.action();
    if (action == null) {
      reply.done();
      return;
    }
    Future<CommandDone> done = command(connection, said.roomId(), action);
    if (action instanceof CallAction.End) {
      // Whoever joins the queue next must not be refused because he is still in this call.
      turns.hold(connection, done);
    }
    done.onComplete(
        ended -> answer(ended, reply),
        cause -> {
          counters.count(Count.SERVICE_FAILED);
          reply.refuse(Sentences.UNAVAILABLE);
        });
  }

  /** The socket was chosen for a call. */
  void started(Connection connection, UUID roomId, String owner) {
    CallLink link = new CallLink(roomId, owner);
    link.running = true;
    connection.call = link;
  }

  /** The call is over; does nothing when the socket is in another one. */
  void ended(Connection connection, UUID roomId) {
    CallLink link = connection.call;
    if (link != null && link.roomId.equals(roomId)) {
      link.running = false;
      link.over = true;
    }
  }

  /**
   * A member of a running call opened a socket, perhaps because he lost the one before. Repeated
   * while the call cannot be reached: otherwise its grace ends without him.
   */
  Future<Void> comeBack(Connection connection, UUID roomId) {
    CallLink link = connection.call;
    if (link != null && link.over && link.roomId.equals(roomId)) {
      // The end would be told once more; presence has not been told of it yet.
      return Future.succeededFuture();
    }
    return cameBack(connection, roomId)
        .recover(
            cause -> {
              counters.count(Count.SERVICE_FAILED);
              errands.later(
                  "return",
                  () -> connection.open() && !connection.inCall(),
                  () -> cameBack(connection, roomId));
              return Future.succeededFuture();
            });
  }

  /**
   * Whether the socket is bound to a call that runs, as the call says itself; its end is told to
   * the socket if it was missed.
   */
  Future<Boolean> isRunning(Connection connection) {
    CallLink link = connection.call;
    return link == null || !link.running
        ? Future.succeededFuture(false)
        : command(connection, link.roomId, new CallAction.Return())
            .map(
                done -> {
                  link.running &= done.outcome() == Outcome.DONE;
                  return link.running && connection.call == link;
                });
  }

  private Future<Void> cameBack(Connection connection, UUID roomId) {
    return command(connection, roomId, new CallAction.Return())
        .map(
            done -> {
              CallLink link = connection.call;
              if (done.outcome() == Outcome.DONE && link != null && link.roomId.equals(roomId)) {
                link.running = true;
                if (!connection.open()) {
                  lose(connection);
                }
              }
              return null;
            });
  }

  /** The socket is gone. */
  void lose(Connection connection) {
    CallLink link = connection.call;
    if (link == null || !link.running) {
      return;
    }
    link.running = false;
    // The owner may have died, too: whoever is told later counts the grace from now.
    CallAction lost = new CallAction.Lose(timers.now());
    errands.run("lose", () -> command(connection, link.roomId, lost));
  }

  private Future<CommandDone> command(Connection connection, UUID roomId, CallAction action) {
    CallLink link = connection.call;
    if (link == null || !link.roomId.equals(roomId)) {
      return locate(connection, roomId)
          .compose(
              found -> found.isEmpty() ? unknown() : firstCommand(connection, found.get(), action));
    }
    Future<Boolean> moving = link.moving;
    return moving == null
        ? commandAt(connection, link, action)
        : moving.transform(searched -> commandAt(connection, link, action));
  }

  private Future<CommandDone> commandAt(Connection connection, CallLink link, CallAction action) {
    return send(connection, link, action, null)
        .map(
            done -> {
              if (done.outcome() == Outcome.UNKNOWN_CALL) {
                link.running = false;
              } else if (done.outcome() == Outcome.DONE && action instanceof CallAction.Join) {
                link.running = true;
              }
              return done;
            });
  }

  /**
   * Sends a command until an owner answers it.
   *
   * @param until when to give up; null before it has failed once
   */
  private Future<CommandDone> send(
      Connection connection, CallLink link, CallAction action, @Nullable Instant until) {
    String asked = link.ownerName();
    return sendOnce(connection, link, action)
        .transform(
            sent -> {
              if (sent.succeeded() && sent.result().outcome() != Outcome.UNKNOWN_CALL) {
                return Future.succeededFuture(sent.result());
              }
              if (sent.failed() && !unreachable(sent.cause())) {
                return Future.failedFuture(sent.cause());
              }
              boolean again = until != null;
              Instant latest = until == null ? timers.now().plus(PATIENCE) : until;
              if (!timers.now().isBefore(latest)) {
                return sent.succeeded()
                    ? Future.succeededFuture(sent.result())
                    : Future.failedFuture(sent.cause());
              }
              return relocated(connection, link, asked, again, latest)
                  .compose(
                      moved -> {
                        if (!moved) {
                          return unknown();
                        }
                        return asked.equals(link.ownerName()) && mustNotAppearTwice(action, sent)
                            ? Future.failedFuture(sent.cause())
                            : send(connection, link, action, latest);
                      });
            });
  }

  private static boolean unreachable(Throwable cause) {
    return cause instanceof ServiceFailure failure
        && failure.code() == ServiceFailure.Code.UNAVAILABLE;
  }

  /**
   * After a time limit the work may have been done: a line of chat would appear twice, all else can
   * stand a repetition. An owner that was replaced has hardly done it.
   */
  private static boolean mustNotAppearTwice(CallAction action, AsyncResult<CommandDone> sent) {
    return (action instanceof CallAction.Say || action instanceof CallAction.ShareSocials)
        && sent.cause() instanceof ServiceFailure failure
        && !failure.reachedNobody();
  }

  private Future<CommandDone> firstCommand(
      Connection connection, CallLink link, CallAction action) {
    boolean joins = action instanceof CallAction.Join;
    CallLink current = connection.call;
    boolean kept = current == null || !current.running || current.roomId.equals(link.roomId);
    if (kept && connection.open()) {
      connection.call = link;
      // Lost while this is under way, the call must hear of it as well.
      link.running = joins;
    }
    return send(connection, link, action, null)
        .map(
            done -> {
              if (done.outcome() != Outcome.DONE && connection.call == link) {
                connection.call = null;
              }
              return done;
            });
  }

  /** Looks for the owner of a call this socket is not bound to; empty when there is none. */
  private Future<Optional<CallLink>> locate(Connection connection, UUID roomId) {
    return turns.holdThrough(
        connection,
        located(new Locate(roomId), timers.now().plus(FIRST_PATIENCE))
            .map(
                answer ->
                    Optional.ofNullable(answer.owner()).map(owner -> new CallLink(roomId, owner))));
  }

  /** Asks where a call is, again and again while nobody answers. */
  private Future<Located> located(Locate locate, Instant until) {
    return bus.request(LOCATE, locate)
        .recover(
            cause ->
                unreachable(cause) && timers.now().isBefore(until)
                    ? pause().compose(rested -> located(locate, until))
                    : Future.failedFuture(cause));
  }

  /**
   * The owner does not have the call any more: looks for the instance that adopted it, once for all
   * commands that find it missing.
   *
   * @param asked the owner that was asked
   * @param again whether this was tried a moment ago
   * @return false when there is no such call
   */
  private Future<Boolean> relocated(
      Connection connection, CallLink link, String asked, boolean again, Instant until) {
    Future<Boolean> underWay = link.moving;
    if (underWay != null) {
      return underWay;
    }
    if (!asked.equals(link.ownerName())) {
      return Future.succeededFuture(true);
    }
    Future<Boolean> moving =
        turns.holdThrough(
            connection,
            (again ? pause() : Future.<Void>succeededFuture())
                .compose(rested -> located(new Locate(link.roomId, asked), until))
                .map(
                    located -> {
                      String owner = located.owner();
                      if (owner != null && !owner.equals(asked)) {
                        link.movedTo(owner);
                      }
                      return owner != null;
                    })
                .andThen(found -> link.moving = null));
    if (!moving.isComplete()) {
      link.moving = moving;
    }
    return moving;
  }

  private Future<Void> pause() {
    Promise<Void> over = Promise.promise();
    var unused = timers.after(PAUSE, over::complete);
    return over.future();
  }

  private Future<CommandDone> sendOnce(Connection connection, CallLink link, CallAction action) {
    Command command =
        new Command(
            link.roomId,
            connection.user().userId(),
            new SocketRef(loop, connection.socket.id()),
            action);
    return bus.request(link.owner(), command);
  }

  private static Future<CommandDone> unknown() {
    return Future.succeededFuture(new CommandDone(Outcome.UNKNOWN_CALL));
  }

  private void answer(CommandDone done, Reply reply) {
    CallProgress progress = done.progress();
    switch (done.outcome()) {
      case DONE -> {
        if (progress == null) {
          reply.done();
        } else {
          reply.done(json(progress));
        }
      }
      case UNKNOWN_CALL -> reply.refuse(Sentences.UNKNOWN_CALL);
      case NOT_A_MEMBER -> reply.refuse(Sentences.NOT_A_MEMBER);
      case NOT_ACTIVE -> reply.refuse(Sentences.CALL_NOT_ACTIVE);
      case LIMIT_REACHED -> reply.refuse(Sentences.CALL_LIMIT);
    }
  }

  private JsonObject json(CallProgress progress) {
    JsonObject call =
        new JsonObject()
            .put("agreedSeconds", progress.agreedSeconds())
            .put("isInitiator", progress.initiator())
            .put(
                "peerUser",
                new JsonObject()
                    .put("userId", progress.peerId().toString())
                    .put("name", progress.peerName()));
    Instant began = progress.talkBeganAt();
    Instant ends = progress.endsAt();
    if (began != null && ends != null) {
      call.put("talkBeganAt", began.toEpochMilli()).put("endsAt", ends.toEpochMilli());
    }
    return new JsonObject().put("call", call).put("serverTime", timers.now().toEpochMilli());
  }
}
