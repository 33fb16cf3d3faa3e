package com.napalmsky.signaling.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.napalmsky.shared.contract.signaling.SignalingContract.GetIceServers;
import com.napalmsky.shared.contract.signaling.SignalingContract.IceServer;
import com.napalmsky.shared.contract.signaling.SignalingContract.IceServers;
import com.napalmsky.shared.runtime.ManualTimers;
import com.napalmsky.signaling.ice.StunMessage.Answer;
import java.net.DatagramSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real coturn is asked for relays with the credentials that we make out. */
class CoturnServerTest {

  private static final String SECRET = "north-by-northwest";
  private static final int UNAUTHORIZED = 401;

  @TempDir Path folder;

  /** What coturn says to a request for a relay with these credentials. */
  private static Answer allocate(TurnServer server, String username, String password)
      throws Exception {
    try (DatagramSocket socket = server.open()) {
      Answer challenge = server.ask(socket, StunMessage.allocate());
      assertThat(challenge.type()).isEqualTo(StunMessage.NOT_ALLOCATED);
      assertThat(challenge.error()).isEqualTo(UNAUTHORIZED);
      String realm = challenge.text(StunMessage.REALM);
      return server.ask(
          socket,
          StunMessage.allocate()
              .with(StunMessage.USERNAME, username)
              .with(StunMessage.REALM, realm)
              .with(StunMessage.NONCE, challenge.attributes().get(StunMessage.NONCE))
              .signed(username, realm, password));
    }
  }

  private static IceServer relay(TurnServer server, Instant now) {
    ManualTimers timers = new ManualTimers();
    timers.advance(Duration.between(timers.now(), now));
    IceConfig config =
        IceConfigs.with("TURN_URLS", "turn:127.0.0.1:" + server.port(), "TURN_SECRET", SECRET);
    ProviderChain chain =
        new ProviderChain(
            config, timers, List.of(new Coturn(config.coturn(), timers, config.life())), null);
    IceServers found = chain.find(new GetIceServers(UUID.randomUUID())).result();
    assertThat(found.provider()).isEqualTo("coturn");
    return found.servers().get(found.servers().size() - 1);
  }

  @Test
  void coturnTakesOurCredentialsAndNoOthers() throws Exception {
    Optional<Path> program = TurnServer.find();
    if (program.isEmpty()) {
      System.out.println("SKIPPED CoturnServerTest: there is no coturn to try the credentials on");
    }
    assumeTrue(program.isPresent(), "there is no coturn");
    try (TurnServer server = TurnServer.start(program.get(), folder, SECRET)) {
      Instant now = Instant.now();
      IceServer valid = relay(server, now);
      IceServer expired = relay(server, now.minus(Duration.ofHours(2)));

      Answer allocated = allocate(server, valid.username(), valid.credential());
      Answer forged = allocate(server, valid.username(), expired.credential());
      Answer prolonged =
          allocate(
              server, now.plus(Duration.ofDays(1)).getEpochSecond() + ":me", valid.credential());
      Answer late = allocate(server, expired.username(), expired.credential());

      assertThat(allocated.type()).as(server.output()).isEqualTo(StunMessage.ALLOCATED);
      assertThat(allocated.attributes()).containsKey(StunMessage.XOR_RELAYED_ADDRESS);
      assertThat(allocated.number(StunMessage.LIFETIME)).isPositive();
      assertThat(List.of(forged, prolonged, late))
          .allSatisfy(
              refused -> {
                assertThat(refused.type()).isEqualTo(StunMessage.NOT_ALLOCATED);
                assertThat(refused.error()).isEqualTo(UNAUTHORIZED);
              });
    }
  }
}
