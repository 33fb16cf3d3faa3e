package com.napalmsky.gateway;

import static com.napalmsky.gateway.TestGateway.await;
import static com.napalmsky.gateway.TestGateway.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.gateway.TestGateway.Reply;
import com.napalmsky.gateway.engineio.TestSocket;
import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.contract.gateway.ClientEvent.CallRescinded;
import com.napalmsky.shared.contract.gateway.ClientEvent.Chat;
import com.napalmsky.shared.contract.gateway.GatewayContract;
import com.napalmsky.shared.contract.gateway.GatewayContract.Deliver;
import com.napalmsky.shared.contract.gateway.PatientDelivery;
import com.napalmsky.shared.contract.gateway.SocketOrder.Emit;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceContract.Changed;
import com.napalmsky.shared.contract.presence.PresenceContract.Connect;
import com.napalmsky.shared.contract.presence.PresenceContract.Connected;
import com.napalmsky.shared.contract.presence.PresenceContract.Moved;
import com.napalmsky.shared.contract.presence.PresenceContract.StreamPosition;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.contract.user.AnnouncementContract;
import com.napalmsky.shared.contract.user.AnnouncementContract.Announcement;
import com.napalmsky.shared.contract.user.AnnouncementContract.AnnouncementMade;
import com.napalmsky.shared.contract.user.BanContract;
import com.napalmsky.shared.contract.user.BanContract.BanChanged;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.Session;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.AccountChanged;
import com.napalmsky.shared.contract.user.UserContract.SessionEnd;
import com.napalmsky.shared.contract.user.UserContract.SessionsEnded;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two gateways with names of their own on one bus: what one of them knows the other does not,
 * unless it is told.
 */
@ExtendWith(VertxExtension.class)
class TwoGatewaysTest {

  private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";
  private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
  private static final String PHONE = "token-of-annas-phone";
  private static final String LAPTOP = "token-of-annas-laptop";

  private final BlockingQueue<SocketRef> connects = new LinkedBlockingQueue<>();
  private final Deque<SocketRef> known = new ArrayDeque<>();
  private Vertx vertx;
  private TypedBus bus;
  private FakeServices services;
  private TestGateway one;
  private TestGateway two;
  private Session phone;
  private Session laptop;

  /** A client's connection, and where presence was told it is. */
  private record Client(TestSocket socket, JsonObject identity, SocketRef ref) {}

  @BeforeEach
  void start(Vertx vertx) {
    this.vertx = vertx;
    services = new FakeServices(vertx);
    await(services.start());
    bus = services.bus();
    await(bus.serve(PresenceContract.CONNECT, asked -> Future.succeededFuture(connect(asked))));
    await(
        bus.serve(
            PresenceContract.DISCONNECT,
            asked -> Future.succeededFuture(new Moved(PresenceState.GRACE))));
    await(
        bus.serve(
            PresenceContract.ENTER_QUEUE,
            asked -> Future.succeededFuture(new Moved(PresenceState.AVAILABLE))));
    one = TestGateway.whole(vertx, services);
    two = one.another(vertx);
    phone = services.admit(PHONE, FakeServices.session(PaidStatus.PAID));
    laptop =
        services.admit(
            LAPTOP,
            new Session(
                UUID.randomUUID(),
                phone.person(),
                phone.permanent(),
                phone.paidStatus(),
                phone.banStatus(),
                phone.admin(),
                phone.expiresAt()));
  }

  @Test
  void whoSignsInElsewhereIsDisplacedOnTheOtherGatewayOnHttpAndSocket() throws Exception {
    Client old = connect(one, PHONE);
    Client fresh = connect(two, LAPTOP);
    assertThat(one.getAs(PHONE, "/room/me").status()).isEqualTo(200);
    assertThat(two.getAs(PHONE, "/room/me").status()).isEqualTo(200);

    bus.publish(
        UserContract.SESSIONS_ENDED,
        new SessionsEnded(phone.userId(), List.of(phone.sessionId()), SessionEnd.NEW_LOGIN));

    assertThat(old.socket().next()).startsWith("42[\"session:invalidated\"");
    old.socket().expectEnd();
    for (TestGateway gateway : List.of(one, two)) {
      until("the old token is refused", () -> gateway.getAs(PHONE, "/room/me").status() == 401);
      assertThat(gateway.getAs(LAPTOP, "/room/me").status()).isEqualTo(200);
    }
    assertThat(say(fresh, "still here")).isTrue();
    assertThat(fresh.socket().next()).contains("still here");
  }

  @Test
  void aBanReachesEachGateway() throws Exception {
    Client here = connect(one, PHONE);
    Client there = connect(two, LAPTOP);

    bus.publish(
        BanContract.BAN_CHANGED,
        new BanChanged(phone.userId(), BanStatus.TEMPORARY, null, Instant.now()));

    for (Client client : List.of(here, there)) {
      assertThat(client.socket().next()).startsWith("42[\"auth:banned\"");
      client.socket().expectEnd();
    }
  }

  @Test
  void anAnnouncementReachesEachGateway() throws Exception {
    Client here = connect(one, PHONE);
    Client there = connect(two, LAPTOP);

    bus.publish(
        AnnouncementContract.MADE,
        new AnnouncementMade(
            new Announcement(
                UUID.randomUUID(), "Hello all", Instant.EPOCH, Instant.ofEpochMilli(9))));

    for (Client client : List.of(here, there)) {
      assertThat(client.socket().next()).contains("Hello all");
    }
  }

  @Test
  void paidAccessIsKnownToEachGatewayAtOnce() {
    Session unpaid = services.admit(FakeServices.UNPAID, FakeServices.session(PaidStatus.UNPAID));
    for (TestGateway gateway : List.of(one, two)) {
      assertThat(gateway.getAs(FakeServices.UNPAID, "/room/queue").status()).isEqualTo(402);
    }

    bus.publish(
        UserContract.ACCOUNT_CHANGED,
        new AccountChanged(unpaid.person(), PaidStatus.PAID, unpaid.banStatus()));

    for (TestGateway gateway : List.of(one, two)) {
      until(
          "access is known",
          () -> gateway.getAs(FakeServices.UNPAID, "/room/queue").status() == 200);
    }
  }

  @Test
  void theSocketThatIsOneTooManyIsClosedOnItsOwnGateway() throws Exception {
    Client oldest = connect(one, PHONE);
    Client second = connect(two, LAPTOP);

    Client third = connect(two, PHONE);

    oldest.socket().expectEnd();
    assertThat(say(oldest, "nobody there")).isFalse();
    for (Client kept : List.of(second, third)) {
      assertThat(say(kept, "kept")).isTrue();
      assertThat(kept.socket().next()).contains("kept");
    }
  }

  @Test
  void anEventForASocketOfAStoppedGatewayFollowsItsUserToTheOther() throws Exception {
    TestGateway third = one.another(vertx);
    Client lost = connect(third, PHONE);
    services.primaries.put(phone.userId(), lost.ref());
    PatientDelivery delivery = new PatientDelivery(bus, Timers.of(vertx), 10);
    await(third.ports.running().stop());

    Future<Boolean> told = delivery.told(phone.userId(), new CallRescinded(new UUID(6, 6)));
    Client back = connect(two, PHONE);
    services.primaries.put(phone.userId(), back.ref());

    assertThat(back.ref().loop()).isNotEqualTo(lost.ref().loop());
    assertThat(back.socket().next()).startsWith("42[\"call:rescinded\"");
    assertThat(await(told)).isTrue();
  }

  @Test
  void aSessionOfAnotherGatewayIsUnknownSoThatTheClientBeginsAnew() throws Exception {
    JsonObject opening = new JsonObject(one.get(POLLING).text().substring(1));

    Reply elsewhere = two.get(POLLING + "&sid=" + opening.getString("sid"));

    assertThat(elsewhere.status()).isEqualTo(400);
    assertThat(new JsonObject(elsewhere.text()).getInteger("code")).isEqualTo(1);
    assertThat(new JsonObject(elsewhere.text()).getString("message"))
        .isEqualTo("Session ID unknown");
    assertThat(connect(two, PHONE).ref()).isNotNull();
  }

  @Test
  void whatWasLostOnOneGatewayIsNotRecoveredOnTheOtherButTheClientIsWelcome() throws Exception {
    Client lost = connect(one, PHONE);
    assertThat(say(lost, "1")).isTrue();
    assertThat(lost.socket().next()).contains("1");
    lost.socket().close();

    Client back =
        connect(
            two,
            new JsonObject()
                .put("token", PHONE)
                .put("pid", lost.identity().getString("pid"))
                .put("offset", "0"));

    assertThat(back.identity().getString("sid")).isNotEqualTo(lost.identity().getString("sid"));
    assertThat(back.identity().getString("pid")).isNotEqualTo(lost.identity().getString("pid"));
    assertThat(say(back, "2")).isTrue();
    assertThat(back.socket().next()).contains("2");
  }

  @Test
  void aPageAskedForAtOneGatewayIsTheViewOfTheSocketAtTheOther() throws Exception {
    Client viewer = connect(one, PHONE);
    services.primaries.put(phone.userId(), viewer.ref());
    viewer.socket().send("421[\"queue:join\"]");
    assertThat(viewer.socket().next()).startsWith("431");

    assertThat(two.getAs(PHONE, "/room/queue").status()).isEqualTo(200);

    // The view is on its way: the change is told again until the socket looks at her.
    UUID shown = FakeServices.ANNA.userId();
    long offset = 0;
    String heard = "";
    while (!heard.contains(shown.toString())) {
      PresenceState to = offset % 2 == 0 ? PresenceState.ONLINE : PresenceState.AVAILABLE;
      PresenceState from = offset % 2 == 0 ? PresenceState.AVAILABLE : PresenceState.ONLINE;
      bus.publish(
          PresenceContract.CHANGED,
          new Changed(
              new StreamPosition("epoch", ++offset),
              shown,
              from,
              to,
              to == PresenceState.AVAILABLE ? FakeServices.ANNA : null,
              null));
      assertThat(offset).as("changes that nobody was told of").isLessThan(100);
      heard = viewer.socket().nextWithin(250);
    }
  }

  /** Two sockets for a user; the oldest goes for a third. */
  private synchronized Connected connect(Connect asked) {
    known.addLast(asked.socket());
    connects.add(asked.socket());
    return new Connected(PresenceState.ONLINE, null, known.size() > 2 ? known.pop() : null);
  }

  private Client connect(TestGateway gateway, String token) throws Exception {
    return connect(gateway, new JsonObject().put("token", token));
  }

  private Client connect(TestGateway gateway, JsonObject auth) throws Exception {
    TestSocket socket = TestSocket.open(vertx, gateway.ports.port(), WEBSOCKET);
    assertThat(socket.next()).startsWith("0{");
    socket.send("40" + auth.encode());
    JsonObject identity = new JsonObject(socket.next().substring(2));
    assertThat(socket.next()).startsWith("42[\"auth:success\",{");
    SocketRef ref = connects.poll(20, TimeUnit.SECONDS);
    assertThat(ref).as("told to presence within 20 s").isNotNull();
    return new Client(socket, identity, ref);
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
}
