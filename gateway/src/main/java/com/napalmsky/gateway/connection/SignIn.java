package com.napalmsky.gateway.connection;

import com.napalmsky.gateway.auth.Authenticator;
import com.napalmsky.gateway.connection.Connection.State;
import com.napalmsky.gateway.connection.ConnectionCounters.Count;
import com.napalmsky.gateway.event.ClientMessage.Auth;
import com.napalmsky.gateway.event.GatewayEvents;
import com.napalmsky.gateway.socketio.Previous;
import com.napalmsky.gateway.socketio.SocketHandler.Decision;
import com.napalmsky.shared.contract.gateway.CloseReason;
import com.napalmsky.shared.contract.user.Session;
import com.napalmsky.shared.contract.user.UserContract.Authenticated;
import com.napalmsky.shared.contract.user.UserContract.Verdict;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who is behind a socket, at the handshake or by {@code auth}, and closes the sockets
 * that nobody is behind when their time is over.
 */
final class SignIn {

  private static final Decision ACCEPT = new Decision.Accept();
  private static final Decision REFUSE_BANNED = new Decision.Refuse(Sentences.SUSPENDED, null);

  /**
   * When a token is judged again that could not be: soon, since a member of a call has ten seconds
   * to be back; then at the pace of the deadline, since many may wait for the same service.
   */
  private static final List<Duration> AGAIN_AFTER =
      Stream.of(500, 1_000, 2_000, 4_000).map(Duration::ofMillis).toList();

  private final Authenticator authenticator;
  private final Timers timers;
  private final Connections connections;
  private final EndedSessions ended;
  private final KeptOut keptOut;
  private final PresenceLink presence;
  private final Introductions introductions;
  private final Recovery recovery;
  private final Turns turns;
  private final ConnectionCounters counters;
  private final Crowd crowd;
  private final Deadlines deadlines;
  private final List<Deadlines> again;

  SignIn(
      Authenticator authenticator,
      Timers timers,
      ConnectionConfig config,
      Connections connections,
      EndedSessions ended,
      KeptOut keptOut,
      PresenceLink presence,
      Introductions introductions,
      Recovery recovery,
      Turns turns,
      ConnectionCounters counters,
      Crowd crowd) {
    this.authenticator = authenticator;
    this.timers = timers;
    this.connections = connections;
    this.ended = ended;
    this.keptOut = keptOut;
    this.presence = presence;
    this.introductions = introductions;
    this.recovery = recovery;
    this.turns = turns;
    this.counters = counters;
    this.crowd = crowd;
    deadlines = new Deadlines(timers, config.authDeadline(), this::late);
    again = AGAIN_AFTER.stream().map(after -> new Deadlines(timers, after, this::late)).toList();
  }

  /**
   * Judges the token of the handshake.
   *
   * @param previous the session that the client says it lost, or null
   */
  Future<Decision> decide(Connection connection, @Nullable Previous previous) {
    String token = connection.socket.handshake().token();
    if (token == null) {
      return Future.succeededFuture(crowd.full() ? refuseFull() : ACCEPT);
    }
    return authenticator
        .authenticate(token)
        .map(judged -> decide(connection, judged))
        .compose(decision -> crowd.full() ? seatInReserve(connection, decision) : whole(decision))
        .compose(
            decision ->
                previous != null && decision == ACCEPT
                    ? recovery.prepare(connection, previous).map(ACCEPT)
                    : whole(decision))
        .recover(
            cause -> {
              // A refused client does not come back by itself; one that waits is tried again.
              counters.count(Count.SERVICE_FAILED);
              connection.notJudged = true;
              return Future.succeededFuture(ACCEPT);
            });
  }

  /** The client knows that it is connected. */
  void connected(Connection connection) {
    Session session = connection.session;
    if (session != null && ended.contains(session.sessionId())) {
      connection.session = null;
      connection.displaced = true;
    }
    connections.add(connection);
    if (keptOut.hasAddressOf(connection)) {
      connection.session = null;
      Farewells.ban(connection, Sentences.ADDRESS_BANNED);
      return;
    }
    if (keptOut.has(connection.session)) {
      connection.session = null;
      Farewells.ban(connection, Sentences.SUSPENDED);
      return;
    }
    if (connection.session != null) {
      welcome(connection);
      return;
    }
    if (connection.displaced) {
      connection.emit(GatewayEvents.authFailed());
    }
    if (connection.notJudged) {
      connection.emit(GatewayEvents.error(Sentences.UNAVAILABLE));
    }
    setDeadline(connection);
  }

  /** {@code auth}. */
  void authenticate(Connection connection, Auth said, Reply reply) {
    turns.hold(
        connection,
        authenticator
            .authenticate(said.token())
            .onComplete(
                judged -> judged(connection, judged, reply),
                cause -> {
                  counters.count(Count.SERVICE_FAILED);
                  reply.refuse(Sentences.UNAVAILABLE);
                }));
  }

  private static Decision decide(Connection connection, Authenticated judged) {
    switch (judged.verdict()) {
      case ACTIVE -> connection.session = judged.session();
      case BANNED -> {
        return REFUSE_BANNED;
      }
      case DISPLACED -> connection.displaced = true;
      case UNKNOWN -> connection.displaced = false;
    }
    return ACCEPT;
  }

  private static Future<Decision> whole(Decision decision) {
    return Future.succeededFuture(decision);
  }

  /** The last places are for people who come back to a running call. */
  private Future<Decision> seatInReserve(Connection connection, Decision decision) {
    Session session = connection.session;
    if (decision != ACCEPT || session == null) {
      return whole(decision == ACCEPT ? refuseFull() : decision);
    }
    return presence.inCall(session.userId()).map(inCall -> inCall ? ACCEPT : refuseFull());
  }

  private Decision refuseFull() {
    int seconds = crowd.retryAfterSeconds();
    return new Decision.Refuse(
        Sentences.FULL + ", please try again in " + seconds + " s",
        "{\"retryAfter\":" + seconds + "}");
  }

  private void judged(Connection connection, Authenticated judged, Reply reply) {
    if (!connection.listens()) {
      return;
    }
    Session session = judged.session();
    if (judged.verdict() == Verdict.BANNED || keptOut.has(session)) {
      reply.fail(Sentences.SUSPENDED);
      Farewells.ban(connection, Sentences.SUSPENDED);
      return;
    }
    if (judged.verdict() != Verdict.ACTIVE
        || session == null
        || ended.contains(session.sessionId())) {
      fail(connection, Sentences.INVALID_SESSION, reply);
      return;
    }
    Session bound = connection.session;
    if (bound == null) {
      connection.session = session;
      welcome(connection);
    } else if (bound.userId().equals(session.userId())) {
      connection.session = session;
      connection.emit(GatewayEvents.authSuccess(timers.now()));
      introductions.signedIn(connection);
    } else {
      fail(connection, Sentences.OTHER_USER, reply);
      return;
    }
    reply.done();
  }

  private static void fail(Connection connection, String sentence, Reply reply) {
    connection.emit(GatewayEvents.authFailed());
    reply.fail(sentence);
  }

  private void welcome(Connection connection) {
    connection.state = State.SIGNED_IN;
    connection.socket.identified();
    connections.bind(connection);
    connection.emit(GatewayEvents.authSuccess(timers.now()));
    recovery.resume(connection);
    presence.attach(connection);
    introductions.signedIn(connection);
  }

  private void setDeadline(Connection connection) {
    boolean soon = connection.notJudged && connection.judgedInVain < again.size();
    (soon ? again.get(connection.judgedInVain++) : deadlines).set(connection);
  }

  private void late(Connection connection) {
    if (connection.state != State.UNKNOWN) {
      return;
    }
    String token = connection.socket.handshake().token();
    if (!connection.notJudged || token == null) {
      counters.count(Count.AUTH_TIMED_OUT);
      connection.close(CloseReason.UNAUTHENTICATED);
      return;
    }
    // It is not the client's fault that nobody could be asked.
    turns.hold(
        connection,
        authenticator
            .authenticate(token)
            .onComplete(
                judged -> {
                  connection.notJudged = false;
                  judgedLate(connection, judged);
                },
                cause -> setDeadline(connection)));
  }

  private void judgedLate(Connection connection, Authenticated judged) {
    if (connection.state != State.UNKNOWN || connection.session != null) {
      return;
    }
    judged(connection, judged, new Reply(connection, null));
    if (connection.state == State.UNKNOWN) {
      connection.close(CloseReason.UNAUTHENTICATED);
    }
  }
}
