package com.napalmsky.gateway;

import static com.napalmsky.gateway.FakeServices.PAID;
import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.gateway.TestGateway.Reply;
import com.napalmsky.gateway.engineio.TestSocket;
import com.napalmsky.shared.contract.user.IpBanContract.ListIpBans;
import com.napalmsky.shared.runtime.memory.MemoryGuard;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway behind one proxy, which says who comes. */
@ExtendWith(VertxExtension.class)
class BannedAddressTest {

  private static final String BANNED = "198.51.100.7";
  private static final String HANDSHAKE = "/socket.io/?EIO=4&transport=polling";

  private TestGateway gateway;

  private void start(Vertx vertx, String... more) {
    String[] settings = new String[more.length + 2];
    System.arraycopy(more, 0, settings, 0, more.length);
    settings[more.length] = "TRUSTED_PROXY_HOPS";
    settings[more.length + 1] = "1";
    GatewayConfig config = TestGateway.config(settings);
    gateway =
        TestGateway.start(
            vertx,
            new SocketLoops(vertx, config.sockets(), new MemoryGuard(config.memory())),
            settings);
  }

  private Reply from(String address, String path, String... more) {
    String[] headers = new String[more.length + 2];
    System.arraycopy(more, 0, headers, 0, more.length);
    headers[more.length] = "X-Forwarded-For";
    headers[more.length + 1] = address;
    return gateway.get(path, headers);
  }

  private void ban(String... networks) {
    gateway.services.moderation.ban(networks);
    TestGateway.until(
        "the list is known",
        () ->
            gateway
                .management("/health/ready")
                .text()
                .contains("\"ip-bans.size\":\"" + networks.length + "\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/health",
        "/user/me",
        "/report/check-ban",
        "/nothing",
        "/docs",
        "/%zz",
        HANDSHAKE,
        "/socket.io/?EIO=4&transport=polling&sid=unknown"
      })
  void nothingIsAnsweredToABannedAddress(String path, Vertx vertx) {
    start(vertx);
    ban("198.51.100.0/24");

    String answer =
        gateway.raw(
            "GET " + path + " HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: " + BANNED + "\r\n\r\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 403")
        .containsIgnoringCase("X-Content-Type-Options: nosniff")
        .contains("\"banned\":true", "\"reason\":\"Sells things\"", "is banned");
  }

  @Test
  void othersDoNotNotice(Vertx vertx) {
    start(vertx);
    ban("198.51.100.0/24");

    assertThat(from("198.51.101.7", "/user/me", "Authorization", PAID).status()).isEqualTo(200);
    assertThat(from("198.51.101.7", HANDSHAKE).status()).isEqualTo(200);
  }

  @Test
  void anAddressThatAClientMakesUpIsNotLookedAt(Vertx vertx) {
    start(vertx);
    ban(BANNED);

    assertThat(from(BANNED + ", 203.0.113.5", "/health").status()).isEqualTo(200);
    assertThat(from("203.0.113.5, " + BANNED, "/health").status()).isEqualTo(403);
    assertThat(from("203.0.113.5, " + BANNED, HANDSHAKE).status()).isEqualTo(403);
  }

  @Test
  void aWebSocketOfABannedAddressIsRefused(Vertx vertx) {
    start(vertx);
    ban(BANNED);

    String answer =
        gateway.raw(
            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\n"
                + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nX-Forwarded-For: "
                + BANNED
                + "\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 403").contains("\"banned\":true");
  }

  @Test
  void whoIsThereAlreadyIsToldAndSentAway(Vertx vertx) {
    start(vertx, "GATEWAY_LOOPS", "2");
    String path = "/socket.io/?EIO=4&transport=websocket";
    TestSocket socket = TestSocket.open(vertx, gateway.ports.port(), path, BANNED);
    TestSocket other = TestSocket.open(vertx, gateway.ports.port(), path, "203.0.113.5");
    assertThat(socket.next()).startsWith("0{");
    assertThat(other.next()).startsWith("0{");
    assertThat(socket.send("40").next()).startsWith("40{");
    assertThat(other.send("40").next()).startsWith("40{");

    ban(BANNED);

    assertThat(socket.next()).startsWith("42[\"auth:banned\"");
    socket.expectEnd();
    assertThat(other.send("42[\"presence:join\"]").next()).startsWith("42[\"error\"");
  }

  @Test
  void aPageOfOursMayReadWhyItsUserIsKeptOut(Vertx vertx) {
    start(vertx);
    ban(BANNED);

    Reply refused = from(BANNED, "/user/me", "Origin", "http://localhost:3000");

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.header("access-control-allow-origin")).isEqualTo("http://localhost:3000");
  }

  @Test
  void aLiftedBanLetsPeopleInAgain(Vertx vertx) {
    start(vertx);
    ban(BANNED);
    ban();

    assertThat(from(BANNED, "/health").status()).isEqualTo(200);
  }

  @Test
  void aLongListIsReadToItsEnd(Vertx vertx) {
    start(vertx);
    ban("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4", BANNED);

    assertThat(from(BANNED, "/health").status()).isEqualTo(403);
    assertThat(from("192.0.2.3", "/health").status()).isEqualTo(403);
  }

  @Test
  void aChangeThatNobodyToldOfIsFoundByAskingAgain(Vertx vertx) {
    start(vertx, "GATEWAY_IP_BANS_REFRESH_SECONDS", "1");

    gateway.services.moderation.ipBans = List.of(FakeModeration.ipBan(BANNED));

    TestGateway.until("the address is kept out", () -> from(BANNED, "/health").status() == 403);
  }

  @Test
  void theListHoldsWhileUserServiceIsSilent(Vertx vertx) {
    start(vertx, "GATEWAY_IP_BANS_REFRESH_SECONDS", "1");
    ban(BANNED);
    gateway.services.heard.clear();

    gateway.services.down = true;
    TestGateway.until(
        "it was asked for again",
        () -> gateway.services.heard.stream().filter(ListIpBans.class::isInstance).count() > 1);

    assertThat(from(BANNED, "/health").status()).isEqualTo(403);
  }
}
