package com.napalmsky.signaling.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.shared.contract.signaling.SignalingContract.IceServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelaysTest {

  private static Object value(String json) {
    return new JsonObject("{\"v\":" + json + "}").getValue("v");
  }

  @Test
  void oneObjectIsAsGoodAsAList() {
    String server =
        """
        {"urls":["turn:t.test:3478?transport=udp","turns:t.test:5349"],"username":"u","credential":"c"}""";

    IceServer expected =
        new IceServer(List.of("turn:t.test:3478?transport=udp", "turns:t.test:5349"), "u", "c");
    assertThat(Relays.read(value(server))).containsExactly(expected);
    assertThat(Relays.read(value("[" + server + "]"))).containsExactly(expected);
  }

  @Test
  void anAddressNeedsNoList() {
    assertThat(
            Relays.read(
                value("{\"urls\":\"turn:t.test\",\"username\":\"u\",\"credential\":\"c\"}")))
        .containsExactly(new IceServer(List.of("turn:t.test"), "u", "c"));
  }

  @Test
  void onlyTurnServersThatABrowserReachesAreTaken() {
    assertThat(
            Relays.read(
                value(
                    """
                    [{"urls":["stun:t.test:3478"]},
                     {"urls":["stun:t.test:53","turn:t.test:53?transport=udp","turn:t.test:53",
                              "turn:t.test:5349","turn:t.test:80?transport=tcp"],
                      "username":"u","credential":"c"},
                     {"urls":"turn:free.test"},
                     7, null, "turn:x"]""")))
        .containsExactly(
            new IceServer(List.of("turn:t.test:5349", "turn:t.test:80?transport=tcp"), "u", "c"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "7",
        "\"turn:t.test\"",
        "[]",
        "{}",
        "[[]]",
        "{\"urls\":[],\"username\":\"u\",\"credential\":\"c\"}",
        "{\"urls\":[7,null,{}],\"username\":\"u\",\"credential\":\"c\"}",
        "{\"urls\":\"javascript:alert(1)\",\"username\":\"u\",\"credential\":\"c\"}",
        "{\"urls\":\"turn:t.test\",\"username\":7,\"credential\":\"c\"}",
        "{\"urls\":\"turn:t.test\",\"username\":\"u\"}",
        "{\"urls\":\"stun:t.test\"}"
      })
  void whatHoldsNoTurnServerIsRefused(String json) {
    assertThatThrownBy(() -> Relays.read(value(json))).isInstanceOf(ProviderFailure.class);
  }

  @Test
  void howMuchIsTakenIsBounded() {
    JsonArray many = new JsonArray();
    IntStream.range(0, 500)
        .forEach(
            i ->
                many.add(
                    new JsonObject()
                        .put(
                            "urls",
                            new JsonArray(
                                IntStream.range(0, 500).mapToObj(n -> "turn:t" + n).toList()))
                        .put("username", "u")
                        .put("credential", "c")));

    assertThat(Relays.read(many))
        .hasSize(10)
        .allSatisfy(server -> assertThat(server.urls()).hasSize(10));
  }
}
