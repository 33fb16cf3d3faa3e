package com.napalmsky.clustertests;

import static com.napalmsky.clustertests.Person.LIMIT;
import static com.napalmsky.clustertests.Person.in;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.json.JSONObject;

/** A call of two people, from its start on. */
record Talk(Person caller, Person callee, String roomId) {

  /** An invite that the callee has been told of. */
  record Invite(Person caller, Person callee, String inviteId) {

    /** Accepts it, as often as it takes until both are told that the call starts. */
    Talk accept() throws Exception {
      JSONObject accept = new JSONObject();
      accept.put("inviteId", inviteId).put("requestedSeconds", 101);
      Optional<JSONObject> start = Optional.empty();
      for (int tries = 0; tries < 10 && start.isEmpty(); tries++) {
        callee.emit("call:accept", accept);
        start = callee.heard("call:start", LIMIT.dividedBy(10), any -> true);
      }
      String roomId =
          start
              .orElseThrow(() -> new AssertionError("no call:start for the callee"))
              .getString("roomId");
      caller.hears("call:start", LIMIT, told -> told.optString("roomId").equals(roomId));
      return new Talk(caller, callee, roomId);
    }
  }

  /** Has one of two who are in the lobby invite the other. */
  static Invite invite(Person caller, Person callee) throws Exception {
    return tryToInvite(caller, callee)
        .orElseThrow(() -> new AssertionError("the callee is said to be offline"));
  }

  /** The same; empty when the callee is said to be offline. */
  static Optional<Invite> tryToInvite(Person caller, Person callee) throws Exception {
    Await.until("the caller sees the callee", LIMIT, () -> caller.sees(callee));
    JSONObject invite = new JSONObject();
    invite.put("toUserId", callee.userId()).put("requestedSeconds", 300);
    JSONObject invited = caller.ask("call:invite", invite);
    if (invited.optString("reason").equals("offline")) {
      return Optional.empty();
    }
    assertThat(invited.optString("outcome")).as("%s", invited).isNotEqualTo("declined");
    JSONObject notice =
        callee.hears(
            "call:notify",
            LIMIT,
            told -> told.optJSONObject("fromUser").optString("userId").equals(caller.userId()));
    return Optional.of(new Invite(caller, callee, notice.getString("inviteId")));
  }

  /** From the invite to the first words; both are in the lobby. */
  static Talk between(Person caller, Person callee) throws Exception {
    Talk talk = invite(caller, callee).accept();
    talk.connect();
    return talk;
  }

  /** Both come to the page of the call, and find each other. */
  void connect() throws Exception {
    caller.enterRoom(roomId);
    callee.enterRoom(roomId);
    caller.ask("rtc:offer", in(roomId).put("offer", sdp("offer")));
    callee.hears("rtc:offer", LIMIT);
    callee.ask("rtc:answer", in(roomId).put("answer", sdp("answer")));
    caller.hears("rtc:answer", LIMIT);
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
