package com.napalmsky.gateway.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.contract.gateway.ClientEvent;
import com.napalmsky.shared.contract.signaling.SignalKind;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class ServiceEventsTest {

  @Test
  void theOwnerOfACallNeverLeavesTheGateway() {
    WireEvent start =
        ServiceEvents.encode(
            new ClientEvent.CallStart(Samples.ROOM, 250, true, Samples.ANNA, "Anna", "sig-1"));

    assertThat(start.name()).isEqualTo("call:start");
    assertThat(new JsonObject(start.payload()))
        .isEqualTo(
            new JsonObject()
                .put("roomId", Samples.ROOM.toString())
                .put("agreedSeconds", 250)
                .put("isInitiator", true)
                .put(
                    "peerUser",
                    new JsonObject().put("userId", Samples.ANNA.toString()).put("name", "Anna")));
  }

  @Test
  void signallingIsRelayedCharacterByCharacter() {
    String candidate = "{ \"candidate\" : \"\\u00e9\", \"n\":1.0 }";

    WireEvent event =
        ServiceEvents.encode(new ClientEvent.Signal(SignalKind.ICE, candidate, Samples.ANNA));

    assertThat(event)
        .isEqualTo(
            WireEvent.kept(
                "rtc:ice", "{\"candidate\":" + candidate + ",\"from\":\"" + Samples.ANNA + "\"}"));
  }

  @Test
  void aLineWithoutSenderIsTheSystems() {
    WireEvent event = ServiceEvents.encode(new ClientEvent.Chat(null, "\"<b>\"", Samples.TIME));

    assertThat(new JsonObject(event.payload()))
        .isEqualTo(
            new JsonObject()
                .put("from", "system")
                .put("text", "\"<b>\"")
                .put("timestamp", Samples.TIME.toEpochMilli())
                .put("type", "message"));
  }
}
