package com.napalmsky.gateway.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeRulesTest {

  private static final String ANSWER =
      "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "permessage-deflate",
        "permessage-deflate; client_max_window_bits",
        "permessage-deflate; client_max_window_bits=10",
        "permessage-deflate; client_no_context_takeover; server_no_context_takeover",
        "x-webkit-deflate-frame, permessage-deflate",
        "permessage-deflate; server_max_window_bits=9, permessage-deflate",
        " PerMessage-Deflate ;  Client_Max_Window_Bits "
      })
  void noContextIsKeptWhateverTheClientOffers(String offer) {
    assertThat(DeflateOffer.answer(offer)).isEqualTo(ANSWER);
  }

  @Test
  void aFullServerWindowIsConfirmed() {
    assertThat(DeflateOffer.answer("permessage-deflate; server_max_window_bits=15"))
        .isEqualTo(ANSWER + "; server_max_window_bits=15");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";;;",
        ",",
        "foo",
        "permessage-deflate; server_max_window_bits=10",
        "permessage-deflate; server_max_window_bits",
        "permessage-deflate; client_max_window_bits=16",
        "permessage-deflate; client_max_window_bits; client_max_window_bits",
        "permessage-deflate; server_no_context_takeover=1",
        "permessage-deflate; unknown"
      })
  void whatCannotBeKeptIsNotAccepted(String offer) {
    assertThat(DeflateOffer.answer(offer)).isNull();
  }

  @Test
  void payloadsAreSplitIntoTheirPackets() throws BrokenMessage {
    assertThat(read("4a\u001ebAQID\u001e4")).containsExactly("4a", "[1, 2, 3]", "4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "4a\u001e", "\u001e4a", "4a\u001e\u001e4b", "b*", "bAQ=I"})
  void brokenPayloadsAreRefused(String payload) {
    assertThatThrownBy(() -> read(payload)).isInstanceOf(BrokenMessage.class);
  }

  @Test
  void noiseInPayloadsThrowsNothingElse() {
    Random random = new Random(3);
    String alphabet = "0123456b\u001e=Aé\"{}[],/ ";
    for (int round = 0; round < 5_000; round++) {
      StringBuilder noise = new StringBuilder();
      for (int i = random.nextInt(20); i > 0; i--) {
        noise.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        assertThat(read(noise.toString())).isNotEmpty();
      } catch (BrokenMessage expected) {
        assertThat(expected.status()).isEqualTo(1002);
      }
    }
  }

  @Test
  void settingsHaveTheDefaultsOfTheContract() {
    assertThat(EngineConfig.from(new Settings(Map.of()))).isEqualTo(Fixtures.config());
  }

  @Test
  void settingsAreReadAndBounded() {
    EngineConfig config =
        EngineConfig.from(
            new Settings(
                Map.of(EngineConfig.PING_INTERVAL, "300", EngineConfig.TRUSTED_PROXY_HOPS, "2")));
    assertThat(config.pingInterval()).isEqualTo(Duration.ofMillis(300));
    assertThat(config.trustedProxyHops()).isEqualTo(2);
    assertThatThrownBy(() -> EngineConfig.from(new Settings(Map.of(EngineConfig.MAX_PAYLOAD, "1"))))
        .isInstanceOf(InvalidSetting.class);
    assertThatThrownBy(
            () -> EngineConfig.from(new Settings(Map.of(EngineConfig.TRUSTED_PROXY_HOPS, "17"))))
        .isInstanceOf(InvalidSetting.class);
  }

  private static List<String> read(String payload) throws BrokenMessage {
    List<String> packets = new ArrayList<>();
    PollingPayload.read(
        payload,
        new PollingPayload.Receiver() {
          @Override
          public boolean text(String packet) {
            return packets.add(packet);
          }

          @Override
          public boolean binary(byte[] message) {
            return packets.add(java.util.Arrays.toString(message));
          }
        });
    return packets;
  }
}
