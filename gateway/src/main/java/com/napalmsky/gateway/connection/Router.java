package com.napalmsky.gateway.connection;

import com.napalmsky.gateway.connection.Connection.State;
import com.napalmsky.gateway.event.ClientEvents;
import com.napalmsky.gateway.event.ClientMessage;
import com.napalmsky.gateway.event.ClientMessage.Invite;
import com.napalmsky.gateway.event.EventType;
import com.napalmsky.gateway.event.EventType.Right;
import com.napalmsky.shared.contract.user.Session;
import it.unimi.dsi.fastutil.objects.Reference2ObjectOpenHashMap;
import org.jspecify.annotations.Nullable;

/** The second half of the guard: who may, and who carries it out. */
final class Router {

  /** Carries one kind of event to its service. */
  @FunctionalInterface
  interface Carrier<M extends ClientMessage> {
    void carry(Connection connection, M message, Reply reply);
  }

  private final Reference2ObjectOpenHashMap<EventType<?>, Carrier<?>> carriers =
      new Reference2ObjectOpenHashMap<>();
  private final Carrier<Invite> unpaidInvite;

  Router(SignIn signIn, PresenceLink presence, Invites invites, Calls calls) {
    unpaidInvite = invites::refuseUnpaid;
    route(ClientEvents.AUTH, signIn::authenticate);
    route(ClientEvents.PRESENCE_JOIN, presence::join);
    route(ClientEvents.PRESENCE_LEAVE, presence::leave);
    route(ClientEvents.QUEUE_JOIN, presence::enterQueue);
    route(ClientEvents.QUEUE_LEAVE, presence::leaveQueue);
    route(ClientEvents.CALL_INVITE, invites::invite);
    route(ClientEvents.CALL_ACCEPT, invites::accept);
    route(ClientEvents.CALL_DECLINE, invites::decline);
    route(ClientEvents.CALL_EXTEND_WAIT, invites::extendWait);
    route(ClientEvents.CALL_RESCIND, invites::rescind);
    for (EventType<ClientMessage.InCall> inCall : ClientEvents.IN_CALL) {
      route(inCall, calls::carry);
    }
  }

  /** Carries out an event whose turn it is, or says why not. */
  void carryOut(Connection connection, Said said) {
    if (!connection.listens()) {
      return;
    }
    Session session = connection.session;
    Right right = said.type().right();
    if (right.needsSession() && session == null) {
      said.reply().refuse(Sentences.NOT_AUTHENTICATED);
    } else if (connection.state == State.FINISHING && right != Right.CALL) {
      said.reply().refuse(Sentences.SESSION_OVER);
    } else if (right.needsSession() && session != null && session.banStatus().banned()) {
      said.reply().refuse(Sentences.SUSPENDED);
    } else if (right == Right.ACCESS && !hasAccess(session)) {
      refuseUnpaid(connection, said);
    } else {
      carry(said.type(), connection, said);
    }
  }

  private static boolean hasAccess(@Nullable Session session) {
    return session != null && session.paidStatus().hasAccess();
  }

  private void refuseUnpaid(Connection connection, Said said) {
    if (said.message() instanceof Invite invite) {
      unpaidInvite.carry(connection, invite, said.reply());
    } else {
      said.reply().refuse(Sentences.PAYMENT_REQUIRED);
    }
  }

  private <M extends ClientMessage> void route(EventType<M> type, Carrier<M> carrier) {
    carriers.put(type, carrier);
  }

  @SuppressWarnings("unchecked") // route() pairs a type with a carrier of its own message.
  private <M extends ClientMessage> void carry(
      EventType<M> type, Connection connection, Said said) {
    Carrier<M> carrier = (Carrier<M>) carriers.get(type);
    if (carrier == null) {
      throw new IllegalStateException("nobody carries " + type.name());
    }
    carrier.carry(connection, (M) said.message(), said.reply());
  }
}
