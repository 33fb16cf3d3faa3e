package com.napalmsky.gateway.connection;

import com.napalmsky.gateway.connection.Connection.State;
import com.napalmsky.gateway.event.GatewayEvents;
import com.napalmsky.shared.contract.gateway.CloseReason;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract;
import com.napalmsky.shared.contract.user.BanContract.BanChanged;
import com.napalmsky.shared.contract.user.Session;
import com.napalmsky.shared.contract.user.UserContract.AccountChanged;
import com.napalmsky.shared.contract.user.UserContract.SessionsEnded;
import com.napalmsky.shared.runtime.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What becomes of sockets when their session ends, or their account changes. */
final class Farewells {

  /** No call lasts longer, so a socket that waits for the end of its call has missed it. */
  private static final Duration LONGEST_CALL =
      Duration.ofSeconds(MatchmakingContract.LONGEST_CALL_SECONDS).plusMinutes(2);

  private final Timers timers;
  private final Duration farewell;
  private final Connections connections;
  private final EndedSessions ended;
  private final KeptOut keptOut;
  private final PresenceLink presence;

  Farewells(
      Timers timers,
      Duration farewell,
      Connections connections,
      EndedSessions ended,
      KeptOut keptOut,
      PresenceLink presence) {
    this.timers = timers;
    this.farewell = farewell;
    this.connections = connections;
    this.ended = ended;
    this.keptOut = keptOut;
    this.presence = presence;
  }

  void sessionsEnded(SessionsEnded event) {
    ended.add(event.sessionIds());
    for (Connection connection : connections.ofUser(event.userId())) {
      boolean its = event.sessionIds().contains(connection.user().sessionId());
      switch (event.end()) {
        case NEW_LOGIN -> {
          if (its) {
            displace(connection);
          }
        }
        case LOGGED_OUT -> {
          if (its) {
            connection.close(CloseReason.LOGGED_OUT);
          }
        }
        case DELETED -> connection.close(CloseReason.ACCOUNT_DELETED);
      }
    }
  }

  void banChanged(BanChanged change) {
    if (keptOut.users().heard(change)) {
      for (Connection connection : connections.ofUser(change.userId())) {
        ban(connection, Sentences.SUSPENDED);
      }
    }
  }

  void addressesBanned() {
    List<Connection> theirs = new ArrayList<>();
    connections.forEach(
        connection -> {
          if (keptOut.hasAddressOf(connection)) {
            theirs.add(connection);
          }
        });
    theirs.forEach(connection -> ban(connection, Sentences.ADDRESS_BANNED));
  }

  /** Tells a socket that its user or address is banned, and ends it. */
  static void ban(Connection connection, String sentence) {
    connection.emit(GatewayEvents.authBanned(sentence));
    connection.close(CloseReason.BANNED);
  }

  void accountChanged(AccountChanged event) {
    for (Connection connection : connections.ofUser(event.person().userId())) {
      Session old = connection.user();
      connection.session =
          new Session(
              old.sessionId(),
              event.person(),
              old.permanent(),
              event.paidStatus(),
              old.banStatus(),
              old.admin(),
              old.expiresAt());
    }
  }

  /** The call that a displaced socket was allowed to finish is over. */
  void callOver(Connection connection) {
    if (connection.state == State.FINISHING) {
      sayFarewell(connection);
    }
  }

  private void displace(Connection connection) {
    if (connection.state != State.SIGNED_IN) {
      return;
    }
    presence.leaveLobby(connection);
    if (!connection.inCall()) {
      sayFarewell(connection);
      return;
    }
    // The client leaves its call screen when it is told, so it is told afterwards.
    connection.state = State.FINISHING;
    var unused = timers.after(LONGEST_CALL, () -> callOver(connection));
  }

  private void sayFarewell(Connection connection) {
    connection.emit(GatewayEvents.sessionInvalidated(Sentences.LOGGED_IN_ELSEWHERE));
    connection.state = State.ENDING;
    var unused = timers.after(farewell, () -> connection.close(CloseReason.DISPLACED));
  }
}
