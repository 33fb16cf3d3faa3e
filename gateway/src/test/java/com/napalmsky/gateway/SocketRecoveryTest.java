package com.napalmsky.gateway;

import static com.napalmsky.gateway.TestGateway.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.gateway.engineio.TestSocket;
import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.contract.gateway.ClientEvent.Chat;
import com.napalmsky.shared.contract.gateway.GatewayContract;
import com.napalmsky.shared.contract.gateway.GatewayContract.Deliver;
import com.napalmsky.shared.contract.gateway.SocketOrder.Emit;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceContract.Connected;
import com.napalmsky.shared.contract.presence.PresenceContract.Disconnect;
import com.napalmsky.shared.contract.presence.PresenceContract.Moved;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.Session;
import com.napalmsky.shared.runtime.memory.MemoryGuard;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that come back to a gateway of two event loops, over real connections. */
@ExtendWith(VertxExtension.class)
class SocketRecoveryTest {

  private static final String TOKEN = "token-of-the-one-who-comes-back";
  private static final String OTHER = "token-of-somebody-else";

  private final BlockingQueue<SocketRef> connects = new LinkedBlockingQueue<>();
  private final BlockingQueue<Disconnect> disconnects = new LinkedBlockingQueue<>();
  private Vertx vertx;
  private TestGateway gateway;
  private TypedBus bus;

  /** A connection, and what its client knows of its session. */
  private record Client(TestSocket socket, String loop, String sid, String pid, SocketRef ref) {

    /** The next event of a service: its text, and its offset. */
    List<String> chat() {
      String packet = socket.next();
      assertThat(packet).startsWith("42[\"room:chat\",");
      JsonArray event = new JsonArray(packet.substring(2));
      assertThat(event).hasSize(3);
      return List.of(event.getJsonObject(1).getString("text"), event.getString(2));
    }
  }

  @BeforeEach
  void start(Vertx vertx) {
    this.vertx = vertx;
    SocketLoops sockets =
        new SocketLoops(
            vertx, TestGateway.config().sockets(), new MemoryGuard(TestGateway.config().memory()));
    gateway = TestGateway.start(vertx, sockets, "GATEWAY_LOOPS", "2");
    bus = gateway.services.bus();
    Session one = gateway.services.admit(TOKEN, FakeServices.session(PaidStatus.PAID));
    Session other = gateway.services.admit(OTHER, FakeServices.session(PaidStatus.PAID));
    assertThat(one.userId()).isNotEqualTo(other.userId());
    await(
        bus.serve(
            PresenceContract.CONNECT,
            asked -> {
              connects.add(asked.socket());
              return Future.succeededFuture(new Connected(PresenceState.ONLINE, null, null));
            }));
    await(
        bus.serve(
            PresenceContract.DISCONNECT,
            asked -> {
              disconnects.add(asked);
              return Future.succeededFuture(new Moved(PresenceState.GRACE));
            }));
  }

  @Test
  void aBrokenConnectionIsTakenUpOnTheSameLoopAndOnTheOther() throws Exception {
    for (boolean sameLoop : new boolean[] {true, false}) {
      Client lost = connect(TOKEN, null, null);
      assertThat(say(lost, "1")).isTrue();
      String offset = lost.chat().get(1);
      assertThat(say(lost, "2")).isTrue();
      assertThat(say(lost, "3")).isTrue();
      lost.socket().close();
      gone(lost);

      Client back = comeBack(lost, offset, sameLoop);

      assertThat(back.sid()).isEqualTo(lost.sid());
      assertThat(back.ref()).isNotEqualTo(lost.ref());
      assertThat(List.of(back.chat().get(0), back.chat().get(0))).containsExactly("2", "3");
      assertThat(say(back, "4")).isTrue();
      assertThat(back.chat().get(0)).isEqualTo("4");
      back.socket().send("41");
      gone(back);
    }
  }

  @Test
  void aConnectionThatSeemsAliveEndsAndTheNewOneGoesOnOnEitherLoop() throws Exception {
    for (boolean sameLoop : new boolean[] {true, false}) {
      Client old = connect(TOKEN, null, null);
      assertThat(say(old, "1")).isTrue();
      assertThat(say(old, "2")).isTrue();
      String offset = old.chat().get(1);
      assertThat(old.chat().get(0)).isEqualTo("2");

      Client back = comeBack(old, offset, sameLoop);

      gone(old);
      assertThat(old.socket().next()).isEqualTo("41");
      old.socket().expectEnd();
      assertThat(say(old, "nobody there")).isFalse();
      assertThat(back.chat().get(0)).isEqualTo("2");
      assertThat(say(back, "3")).isTrue();
      assertThat(back.chat().get(0)).isEqualTo("3");
      back.socket().send("41");
      gone(back);
    }
  }

  @Test
  void overPollingNothingIsLostEitherThatNoPollFetched() throws Exception {
    String poll = "/socket.io/?EIO=4&transport=polling";
    JsonObject opening = new JsonObject(gateway.get(poll).text().substring(1));
    String session = poll + "&sid=" + opening.getString("sid");
    gateway.send("POST", session, "40{\"token\":\"" + TOKEN + "\"}");
    String connected = gateway.get(session).text();
    JsonObject identity = new JsonObject(connected.substring(2, connected.indexOf('\u001e')));
    SocketRef ref = taken(connects);
    Client polling =
        new Client(null, "", identity.getString("sid"), identity.getString("pid"), ref);
    assertThat(say(polling, "1")).isTrue();
    JsonArray event = new JsonArray(gateway.get(session).text().substring(2));
    assertThat(say(polling, "never fetched")).isTrue();

    Client back = connect(TOKEN, polling.pid(), event.getString(2));

    assertThat(back.sid()).isEqualTo(polling.sid());
    assertThat(back.chat().get(0)).isEqualTo("never fetched");
    gone(polling);
    assertThat(gateway.get(session).text()).endsWith("\u001e41\u001e1");
  }

  @Test
  void whoHasNoClaimGetsANewSessionAndTakesNothingFromTheOwner() throws Exception {
    Client owner = connect(TOKEN, null, null);
    assertThat(say(owner, "secret")).isTrue();
    String offset = owner.chat().get(1);

    Client thief = connect(OTHER, owner.pid(), null);
    Client unknown = connect(OTHER, "x".repeat(43), offset);

    for (Client fresh : List.of(thief, unknown)) {
      assertThat(fresh.pid()).hasSize(43).isNotEqualTo(owner.pid());
      assertThat(fresh.sid()).isNotEqualTo(owner.sid());
      assertThat(say(fresh, "first")).isTrue();
      assertThat(fresh.chat().get(0)).isEqualTo("first");
    }
    assertThat(say(owner, "still here")).isTrue();
    assertThat(owner.chat().get(0)).isEqualTo("still here");
  }

  @Test
  void whatIsKeptAndItsBoundsAreTold() throws Exception {
    Client client = connect(TOKEN, null, null);
    assertThat(detail("recovery.sessions.size")).isEqualTo("0");

    assertThat(say(client, "x")).isTrue();

    assertThat(detail("recovery.sessions.size")).isEqualTo("1");
    assertThat(detail("recovery.sessions.max")).isEqualTo("20000");
    assertThat(Integer.parseInt(detail("recovery.bytes.size"))).isPositive();
    assertThat(detail("recovery.bytes.max")).isEqualTo("16777216");
    client.socket().send("41");
    gone(client);
    assertThat(detail("recovery.sessions.size")).isEqualTo("0");
    assertThat(detail("recovery.bytes.size")).isEqualTo("0");
  }

  private String detail(String name) {
    return gateway.management("/health/ready").json().path("details").path(name).asText();
  }

  private Client comeBack(Client lost, String offset, boolean sameLoop) throws Exception {
    TestSocket socket = open();
    String loop = loop(socket);
    // Connections are dealt out to the loops in turn.
    for (int i = 0; i < 10 && loop.equals(lost.loop()) != sameLoop; i++) {
      socket.close();
      socket = open();
      loop = loop(socket);
    }
    assertThat(loop.equals(lost.loop())).as("came to the loop it should").isEqualTo(sameLoop);
    return connect(socket, loop, TOKEN, lost.pid(), offset);
  }

  private Client connect(String token, String pid, String offset) throws Exception {
    TestSocket socket = open();
    return connect(socket, loop(socket), token, pid, offset);
  }

  private Client connect(TestSocket socket, String loop, String token, String pid, String offset)
      throws Exception {
    JsonObject payload = new JsonObject().put("token", token);
    if (pid != null) {
      payload.put("pid", pid);
    }
    if (offset != null) {
      payload.put("offset", offset);
    }
    socket.send("40" + payload.encode());
    JsonObject identity = new JsonObject(socket.next().substring(2));
    assertThat(socket.next()).startsWith("42[\"auth:success\",{");
    return new Client(
        socket, loop, identity.getString("sid"), identity.getString("pid"), taken(connects));
  }

  private TestSocket open() {
    return TestSocket.open(vertx, gateway.ports.port(), "/socket.io/?EIO=4&transport=websocket");
  }

  /** The name of the event loop, with which its session ids begin. */
  private static String loop(TestSocket socket) {
    String sid = new JsonObject(socket.next().substring(1)).getString("sid");
    return sid.substring(0, sid.indexOf('.'));
  }

  /** Sends a line to a socket as a service does; whether it was taken. */
  @CanIgnoreReturnValue
  private boolean say(Client client, String text) {
    Deliver order =
        new Deliver(
            List.of(client.ref().id()), new Emit(new Chat(new UUID(1, 1), text, Instant.EPOCH)));
    return await(bus.request(GatewayContract.DELIVER.at(client.ref().loop()), order))
        .absent()
        .isEmpty();
  }

  private void gone(Client client) throws InterruptedException {
    assertThat(taken(disconnects).socket()).isEqualTo(client.ref());
  }

  private static <T> T taken(BlockingQueue<T> queue) throws InterruptedException {
    T first = queue.poll(20, TimeUnit.SECONDS);
    assertThat(first).as("within 20 s").isNotNull();
    return first;
  }
}
