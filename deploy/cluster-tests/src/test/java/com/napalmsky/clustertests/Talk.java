package com.napalmsky.clustertests;

import static com.napalmsky.clustertests.Person.LIMIT;
import static com.napalmsky.clustertests.Person.in;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.json.JSONObject;

/** A call of two people that runs. */
record Talk(Person caller, Person callee, String roomId) {

  /** From the invite to the first words; both are in the lobby. */
  static Talk between(Person caller, Person callee) throws Exception {
    Await.until("the caller sees the callee", LIMIT, () -> caller.sees(callee));
    JSONObject invite = new JSONObject();
    invite.put("toUserId", callee.userId()).put("requestedSeconds", 300);
    JSONObject invited = caller.ask("call:invite", invite);
    assertThat(invited.optString("outcome")).as("%s", invited).isNotEqualTo("declined");
    JSONObject notice =
        callee.hears(
            "call:notify",
            LIMIT,
            told -> told.optJSONObject("fromUser").optString("userId").equals(caller.userId()));
    JSONObject accept = new JSONObject();
    accept.put("inviteId", notice.getString("inviteId")).put("requestedSeconds", 101);
    callee.ask("call:accept", accept);
    String roomId = callee.hears("call:start", LIMIT).getString("roomId");
    caller.hears("call:start", LIMIT, start -> start.optString("roomId").equals(roomId));
    Talk talk = new Talk(caller, callee, roomId);
    caller.enterRoom(roomId);
    callee.enterRoom(roomId);
    caller.emit("rtc:offer", in(roomId).put("offer", sdp("offer")));
    callee.hears("rtc:offer", LIMIT);
    callee.emit("rtc:answer", in(roomId).put("answer", sdp("answer")));
    caller.hears("rtc:answer", LIMIT);
    return talk;
  }

  static JSONObject sdp(String type) {
    return new JSONObject(Map.of("type", type, "sdp", "v=0 " + type));
  }

  /** One says something that the other hears. */
  void say(Person speaker, String text, Duration within) throws Exception {
    speaker.ask("room:chat", in(roomId).put("text", text));
    Person other = speaker == caller ? callee : caller;
    other.hears("room:chat", within, line -> line.optString("text").equals(text));
  }

  /** Hangs up, and waits until both are told. */
  void end(Duration within) throws Exception {
    caller.ask("call:end", in(roomId));
    toldOfTheEnd(caller, within);
    toldOfTheEnd(callee, within);
  }

  void toldOfTheEnd(Person member, Duration within) throws InterruptedException {
    member.hears("session:finalized", within, end -> end.optString("roomId").equals(roomId));
  }
}
