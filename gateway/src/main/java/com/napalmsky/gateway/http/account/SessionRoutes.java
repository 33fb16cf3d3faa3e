package com.napalmsky.gateway.http.account;

import com.fasterxml.jackson.core.JsonGenerator;
import com.napalmsky.gateway.auth.SessionCache;
import com.napalmsky.gateway.http.Access;
import com.napalmsky.gateway.http.Answer;
import com.napalmsky.gateway.http.Caller;
import com.napalmsky.gateway.http.Inbound;
import com.napalmsky.gateway.http.JsonText;
import com.napalmsky.gateway.http.Operation;
import com.napalmsky.gateway.http.Refusal;
import com.napalmsky.gateway.limits.Limit;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.user.SessionContract;
import com.napalmsky.shared.contract.user.SessionContract.EndSession;
import com.napalmsky.shared.contract.user.SessionContract.ListSessions;
import com.napalmsky.shared.contract.user.SessionContract.LogOutEverywhere;
import com.napalmsky.shared.contract.user.SessionContract.OwnSession;
import com.napalmsky.shared.contract.user.TokenHash;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.LogOut;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** The own sessions: which there are, and how they end. */
public final class SessionRoutes {

  private static final int LONGEST_ID = 100;

  private final Bus bus;
  private final SessionCache sessions;

  public SessionRoutes(Bus bus, SessionCache sessions) {
    this.bus = bus;
    this.sessions = sessions;
  }

  /** All of them. */
  public List<Operation<?>> operations() {
    return List.of(
        Operation.post("/auth/logout", Access.OPEN, Limit.AUTH_FAILURES).answeredBy(this::logOut),
        Operation.post("/auth/logout-everywhere", Access.SESSION, Limit.AUTH_FAILURES)
            .reading(inbound -> inbound.body().flag("keepCurrent", false))
            .answeredBy(this::logOutEverywhere),
        Operation.get("/user/me/sessions", Access.SESSION, Limit.API).answeredBy(this::list),
        Operation.delete("/user/me/sessions/{id}", Access.SESSION, Limit.API)
            .reading(SessionRoutes::sessionId)
            .answeredBy(this::end));
  }

  private Future<Answer> logOut(Caller caller) {
    String token = caller.inbound().token();
    if (token == null) {
      return Future.failedFuture(Refusal.of(401, "Please sign in: no session was sent"));
    }
    String hash = TokenHash.of(token);
    return bus.request(UserContract.LOG_OUT, new LogOut(hash))
        .map(
            loggedOut -> {
              sessions.forget(hash);
              return Answer.ok(out -> out.writeBooleanField("success", true));
            });
  }

  private Future<Answer> logOutEverywhere(Caller caller, boolean keepCurrent) {
    return bus.request(
            SessionContract.LOG_OUT_EVERYWHERE,
            new LogOutEverywhere(caller.tokenHash(), keepCurrent))
        .map(
            loggedOut -> {
              if (!loggedOut.allowed()) {
                throw Refusal.of(401, "Invalid or expired session");
              }
              // The announcement is on its way; whoever gets this answer must not find them
              // working.
              sessions.forgetUser(caller.userId());
              return Answer.ok(
                  out -> {
                    out.writeBooleanField("success", true);
                    out.writeNumberField("endedCount", loggedOut.ended());
                  });
            });
  }

  private Future<Answer> list(Caller caller) {
    UUID current = caller.user().sessionId();
    return bus.request(SessionContract.LIST_SESSIONS, new ListSessions(caller.userId()))
        .map(
            listed ->
                Answer.ok(
                    out -> {
                      out.writeArrayFieldStart("sessions");
                      for (OwnSession session : listed.sessions()) {
                        write(out, session, session.sessionId().equals(current));
                      }
                      out.writeEndArray();
                    }));
  }

  private static void write(JsonGenerator out, OwnSession session, boolean current)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("id", session.sessionId().toString());
    out.writeStringField("device", session.device());
    out.writeStringField("ip", session.network());
    JsonText.time(out, "createdAt", session.createdAt());
    JsonText.time(out, "lastActiveAt", session.lastActiveAt());
    out.writeBooleanField("current", current);
    out.writeEndObject();
  }

  private static UUID sessionId(Inbound inbound) {
    inbound.body().requireReadable();
    try {
      return UUID.fromString(inbound.path().text("id", LONGEST_ID));
    } catch (IllegalArgumentException noId) {
      throw Refusal.field("id", "must be the id of a session");
    }
  }

  private Future<Answer> end(Caller caller, UUID sessionId) {
    return bus.request(SessionContract.END_SESSION, new EndSession(caller.userId(), sessionId))
        .map(
            ended -> {
              if (!ended.found()) {
                throw Refusal.of(404, "You have no such session");
              }
              sessions.forgetUser(caller.userId());
              return Answer.ok(out -> out.writeBooleanField("success", true));
            });
  }
}
