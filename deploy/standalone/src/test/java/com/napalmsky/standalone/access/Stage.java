package com.napalmsky.standalone.access;

import io.vertx.core.json.JsonObject;
import java.util.UUID;

/** Brings people together: invites and calls that are really there. Safe from any thread. */
final class Stage {

  /** An invite that waits for its answer. */
  record Invite(String inviteId, Account to) {}

  private static final int SECONDS = 120;

  private final String base;

  Stage(String base) {
    this.base = base;
  }

  /** A running call between the owner and somebody, which both have joined; answers its room. */
  UUID call(Case asked) throws Exception {
    RawSocket owner = available(asked, asked.owner());
    Account partner = asked.people().account();
    RawSocket other = available(asked, partner);
    String inviteId = owner.ask("call:invite", invitation(partner)).getString("inviteId");
    other.hears("call:notify");
    String room =
        other
            .ask(
                "call:accept",
                new JsonObject().put("inviteId", inviteId).put("requestedSeconds", SECONDS))
            .getString("roomId");
    JsonObject payload = new JsonObject().put("roomId", room);
    owner.ask("room:join", payload);
    other.ask("room:join", payload);
    return UUID.fromString(room);
  }

  /** Somebody invites the owner. */
  Invite invited(Case asked) throws Exception {
    return invite(asked, asked.people().account(), asked.owner());
  }

  /** The owner invites somebody. */
  Invite inviting(Case asked) throws Exception {
    return invite(asked, asked.owner(), asked.people().account());
  }

  private Invite invite(Case asked, Account from, Account to) throws Exception {
    RawSocket caller = available(asked, from);
    RawSocket callee = available(asked, to);
    String inviteId = caller.ask("call:invite", invitation(to)).getString("inviteId");
    callee.hears("call:notify");
    return new Invite(inviteId, to);
  }

  private static JsonObject invitation(Account to) {
    return new JsonObject().put("toUserId", to.id().toString()).put("requestedSeconds", SECONDS);
  }

  /** Somebody who waits in the queue, until the case is over. */
  RawSocket available(Case asked, Account account) throws Exception {
    RawSocket socket = asked.closing(RawSocket.open(base, asked.people().signIn(account)));
    socket.ask("presence:join", null);
    JsonObject entered = socket.ask("queue:join", null);
    if (!entered.getBoolean("ok")) {
      throw new IllegalStateException("not let into the queue: " + entered);
    }
    return socket;
  }
}
