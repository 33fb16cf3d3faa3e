package com.napalmsky.loadtest.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.loadtest.wire.Packet.Type;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacketTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "0{\"sid\":\"a\"} | OPEN | -1 | `` | {\"sid\":\"a\"}",
        "1 | CLOSE | -1 | `` | ``",
        "2 | PING | -1 | `` | ``",
        "40{\"sid\":\"b\"} | CONNECTED | -1 | `` | {\"sid\":\"b\"}",
        "41 | DISCONNECT | -1 | `` | ``",
        "44{\"message\":\"full\"} | REFUSED | -1 | `` | {\"message\":\"full\"}",
        "42[\"auth:success\"] | EVENT | -1 | auth:success | ``",
        "42[\"a\",{\"b\":[1]}] | EVENT | -1 | a | {\"b\":[1]}",
        "42[\"a\",{\"b\":\"}]\"},\"x.1\"] | EVENT | -1 | a | {\"b\":\"}]\"}",
        "42[\"a\",\"x.1\"] | EVENT | -1 | a | ``",
        "4317[{\"ok\":true}] | ACK | 17 | `` | {\"ok\":true}",
        "430[] | ACK | 0 | `` | ``"
      })
  void whatAServerSendsIsUnderstood(String text, Type type, int ack, String name, String payload) {
    assertThat(Packet.parse(text)).isEqualTo(new Packet(type, ack, name, payload));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "3", "4", "6", "9", "42", "42[", "42[\"a", "43", "43[]", "43x[]", "45"})
  void whatIsNotUnderstoodDoesNoHarm(String text) {
    assertThat(Packet.parse(text).type()).isEqualTo(Type.OTHER);
  }

  @Test
  void eventsAreWrittenWithAndWithoutPayloadAndAcknowledgement() {
    assertThat(Packet.event("queue:join", "", -1)).isEqualTo("42[\"queue:join\"]");
    assertThat(Packet.event("a", "{\"b\":1}", 7)).isEqualTo("427[\"a\",{\"b\":1}]");
    assertThat(Packet.connect("t", false)).isEqualTo("40{\"token\":\"t\"}");
    assertThat(Packet.connect("t", true)).isEqualTo("40{\"token\":\"t\",\"deltas\":1}");
  }

  @Test
  void singleFieldsAreFound() {
    String json = "{\"userId\":\"u\", \"available\" : true, \"n\":42,\"deep\":{\"x\":\"y\"}}";

    assertThat(Scan.text(json, "userId")).isEqualTo("u");
    assertThat(Scan.text(json, "x")).isEqualTo("y");
    assertThat(Scan.text(json, "n")).isNull();
    assertThat(Scan.text(json, "missing")).isNull();
    assertThat(Scan.isTrue(json, "available")).isTrue();
    assertThat(Scan.isTrue(json, "userId")).isFalse();
    assertThat(Scan.number(json, "n")).isEqualTo(42);
    assertThat(Scan.number(json, "userId")).isEqualTo(-1);
  }

  @Test
  void allFieldsOfANameAreFound() {
    List<String> found = new ArrayList<>();

    Scan.texts(
        "{\"users\":[{\"id\":\"a\",\"n\":1},{\"id\":null},{\"id\":\"b\"}]}", "id", found::add);

    assertThat(found).containsExactly("a", "b");
  }
}
