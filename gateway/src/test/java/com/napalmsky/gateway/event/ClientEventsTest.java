package com.napalmsky.gateway.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.gateway.event.ClientMessage.InCall;
import com.napalmsky.shared.contract.signaling.CallAction;
import com.napalmsky.shared.contract.signaling.SignalKind;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClientEventsTest {

  static List<EventType<?>> withPayload() {
    return ClientEvents.ALL.stream().filter(type -> !Samples.of(type).isEmpty()).toList();
  }

  @ParameterizedTest
  @MethodSource("withPayload")
  void aTextBeyondItsBoundIsRefusedByName(EventType<?> type) {
    for (String field : Samples.of(type).fieldNames()) {
      if (!(Samples.of(type).getValue(field) instanceof String) || field.equals("text")) {
        continue;
      }
      JsonObject payload = Samples.of(type).copy().put(field, "x".repeat(100_000));

      assertThatThrownBy(() -> parse(type, payload))
          .isInstanceOf(Malformed.class)
          .hasMessageStartingWith(field);
    }
  }

  @Test
  void descriptionsAndCandidatesAreBounded() {
    for (EventType<InCall> type : List.of(ClientEvents.RTC_OFFER, ClientEvents.RTC_ANSWER)) {
      String field = type == ClientEvents.RTC_OFFER ? "offer" : "answer";
      assertThatThrownBy(() -> parse(type, room(field, big(65_537)))).hasMessageStartingWith(field);
      assertThat(parsed(type, room(field, big(65_536)))).isNotNull();
    }
    assertThatThrownBy(() -> parse(ClientEvents.RTC_ICE, room("candidate", big(4_097))))
        .hasMessageStartingWith("candidate");
    assertThat(parsed(ClientEvents.RTC_ICE, room("candidate", big(4_096)))).isNotNull();
  }

  @Test
  void whatIsNestedBeyondReasonIsRefused() {
    JsonObject deep = new JsonObject();
    for (int level = 0; level < 500; level++) {
      deep = new JsonObject().put("a", JsonArray.of(deep));
    }
    JsonObject payload = room("candidate", deep);

    assertThatThrownBy(() -> parse(ClientEvents.RTC_ICE, payload))
        .isInstanceOf(Malformed.class)
        .hasMessage("candidate is nested too deeply");
  }

  @Test
  void signallingIsCarriedAsItWasWritten() {
    JsonObject offer =
        new JsonObject().put("type", "offer").put("sdp", "v=0\r\n\u00e9").put("x", 1);

    assertThat(parsed(ClientEvents.RTC_OFFER, room("offer", offer)).action())
        .isEqualTo(new CallAction.Send(SignalKind.OFFER, offer.encode()));
  }

  @Test
  void chatIsTrimmedAndCutButNotStripped() {
    assertThat(said("  1 < 2 > 0 <b>\n")).isEqualTo("1 < 2 > 0 <b>");
    assertThat(said("x".repeat(501))).isEqualTo("x".repeat(500));
    assertThat(said("x".repeat(100_000))).hasSize(500);
    assertThat(said("x".repeat(500))).hasSize(500);
  }

  @Test
  void chatIsNotCutInTheMiddleOfACharacter() {
    assertThat(said("x".repeat(499) + "\uD83D\uDE00")).isEqualTo("x".repeat(499));
    assertThat(said("x".repeat(498) + "\uD83D\uDE00y")).isEqualTo("x".repeat(498) + "\uD83D\uDE00");
  }

  @Test
  void onlyTheKnownSocialsAreCarried() {
    JsonObject socials =
        new JsonObject().put("instagram", "anna").put("onlyfans", "x").putNull("tiktok");

    assertThat(parsed(ClientEvents.ROOM_GIVE_SOCIAL, room("socials", socials)).action())
        .isEqualTo(new CallAction.ShareSocials(Map.of("instagram", "anna")));
    assertThatThrownBy(
            () ->
                parse(
                    ClientEvents.ROOM_GIVE_SOCIAL,
                    room("socials", new JsonObject().put("discord", new JsonObject()))))
        .hasMessage("socials.discord must be a text");
    assertThatThrownBy(
            () ->
                parse(
                    ClientEvents.ROOM_GIVE_SOCIAL,
                    room("socials", new JsonObject().put("discord", "x".repeat(65)))))
        .hasMessageStartingWith("socials.discord is too long");
  }

  @Test
  void aTokenNeverShowsInALog() {
    assertThat(new ClientMessage.Auth("secret").toString()).doesNotContain("secret");
  }

  private static JsonObject big(int length) {
    return new JsonObject().put("sdp", "x".repeat(length - "{\"sdp\":\"\"}".length()));
  }

  private static String said(String text) {
    return ((CallAction.Say) parsed(ClientEvents.ROOM_CHAT, room("text", text)).action()).text();
  }

  private static InCall parsed(EventType<InCall> type, JsonObject payload) {
    try {
      return type.parser().parse(JsonArray.of(payload));
    } catch (Malformed malformed) {
      throw new AssertionError(malformed);
    }
  }

  private static ClientMessage parse(EventType<?> type, JsonObject payload) throws Malformed {
    return type.parser().parse(JsonArray.of(payload));
  }

  private static JsonObject room(String field, Object value) {
    return new JsonObject().put("roomId", Samples.ROOM.toString()).put(field, value);
  }
}
