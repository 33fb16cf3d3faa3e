package com.napalmsky.loadtest.scenario;

import com.napalmsky.loadtest.people.Person;
import com.napalmsky.loadtest.time.Clock;
import com.napalmsky.loadtest.time.Timer;
import com.napalmsky.loadtest.wire.Scan;
import io.vertx.core.Future;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One call of two people, from the invite to the end, each step as soon as the last is done, except
 * where people think or talk.
 *
 * <pre>
 *   INVITED -notify-> RINGING -> ACCEPTED -start x2-> JOINING -> OFFERED -offer-> ANSWERED -answer->
 *   TRICKLING -candidates-> CHATTING -chat x2-> TALKING -time over-> ENDING -finalized x2-> OVER
 *   RINGING -declined, rescinded or not answered, as planned-> OVER
 *   whatever else happens, or nothing for ten seconds -> OVER, with the reason
 * </pre>
 *
 * <p>Confined to the loop that both people share.
 */
final class Call {

  enum Phase {
    INVITED,
    RINGING,
    ACCEPTED,
    JOINING,
    OFFERED,
    ANSWERED,
    TRICKLING,
    CHATTING,
    TALKING,
    ENDING,
    OVER
  }

  /** What becomes of an invite. */
  enum Reply {
    ACCEPT,
    DECLINE,
    /** Nobody answers until the server has had enough. */
    NONE,
    /** The caller takes it back. */
    RESCIND
  }

  /** What becomes of a call. */
  interface Watcher {

    /** Both talk. */
    default void talking(Call call) {}

    /** A candidate while they talk. */
    default void candidate(Call call, Person receiver, String payload) {}

    /** A line of either arrived at one of them while they talk. */
    default void said(Call call) {}

    /** The server refused something while they talk; the call goes on. */
    default void refused(Call call, String reason) {}

    /**
     * It is over.
     *
     * @param failure why it did not end as it was planned, null when it did
     */
    void over(Call call, @Nullable String failure);
  }

  /**
   * What is to happen.
   *
   * @param candidates of each side
   * @param talkMillis how long they talk; less than 0: until {@link #hangUp}
   * @param thinkMillis how long it rings before somebody does something about it
   */
  record Plan(int candidates, long talkMillis, long thinkMillis, Reply reply) {

    /** One that is accepted at once. */
    Plan(int candidates, long talkMillis) {
      this(candidates, talkMillis, 0, Reply.ACCEPT);
    }
  }

  private static final long STEP_MILLIS = 10_000;

  /** The contract's servers give up an invite after 20 s and a few. */
  private static final long UNANSWERED_MILLIS = 40_000;

  private static final long AWAY_MILLIS = 500;
  private static final int REQUESTED_SECONDS = 900;

  private final Person caller;
  private final Person callee;
  private final Plan plan;
  private final CallSteps steps;
  private final Watcher watcher;
  private Phase phase = Phase.INVITED;
  private String roomId = "";
  private int heard;
  private long began;
  private long stepBegan;
  private long talkBegan;
  private long talked;
  private long thought;
  private int away;
  private @Nullable Timer limit;

  Call(Person caller, Person callee, Plan plan, CallSteps steps, Watcher watcher) {
    this.caller = caller;
    this.callee = callee;
    this.plan = plan;
    this.steps = steps;
    this.watcher = watcher;
  }

  Person caller() {
    return caller;
  }

  Person callee() {
    return callee;
  }

  String roomId() {
    return roomId;
  }

  boolean isTalking() {
    return phase == Phase.TALKING;
  }

  Reply reply() {
    return plan.reply();
  }

  void start(long intended) {
    enter(Phase.INVITED);
    began = intended;
    stepBegan = intended;
    caller.emit(
        "call:invite",
        "{\"toUserId\":\""
            + callee.userId()
            + "\",\"requestedSeconds\":"
            + REQUESTED_SECONDS
            + "}");
  }

  void event(Person who, String name, String payload) {
    switch (name) {
      case "call:notify" -> notified(who, payload);
      case "call:start" -> started(payload);
      case "rtc:offer" -> offered(who);
      case "rtc:answer" -> answered(who);
      case "rtc:ice" -> candidate(who, payload);
      case "room:chat" -> chatted();
      case "session:finalized" -> finalized();
      case "call:declined" -> declined(who, String.valueOf(Scan.text(payload, "reason")));
      case "call:rescinded" -> rescinded(who);
      case "peer:disconnected" -> fail("the other one was reported gone");
      case "error" -> refused("error: " + Scan.text(payload, "message"));
      default -> {}
    }
  }

  /** Both end the call now. */
  void hangUp() {
    if (phase != Phase.TALKING) {
      return;
    }
    if (away > 0) {
      limit = Clock.after(caller.loop().executor(), AWAY_MILLIS, this::hangUp);
      return;
    }
    talked = Clock.nanos() - talkBegan;
    enter(Phase.ENDING);
    caller.emit("call:end", room());
    callee.emit("call:end", room());
  }

  /** One of them has lost the network and will be back; until then nobody hangs up. */
  void lost() {
    away++;
  }

  /** He is back and has joined the room again. */
  void returned() {
    away--;
  }

  void fail(String reason) {
    if (phase == Phase.OVER) {
      return;
    }
    String failure = "call, " + phase.name().toLowerCase(Locale.ROOT) + ": " + reason;
    if (roomId.isEmpty()) {
      caller.emit("call:rescind", "{\"toUserId\":\"" + callee.userId() + "\"}");
    } else {
      caller.emit("call:end", room());
      callee.emit("call:end", room());
    }
    end(failure);
  }

  private void notified(Person who, String payload) {
    String inviteId = Scan.text(payload, "inviteId");
    if (phase != Phase.INVITED || who != callee || inviteId == null) {
      return;
    }
    steps.invite().record(stepBegan, Clock.nanos());
    if (plan.thinkMillis() == 0) {
      answer(inviteId);
      return;
    }
    enter(Phase.RINGING);
    long ringing = stepBegan;
    Timer unused =
        Clock.after(
            caller.loop().executor(),
            plan.thinkMillis(),
            () -> {
              if (phase == Phase.RINGING) {
                thought = Clock.nanos() - ringing;
                answer(inviteId);
              }
            });
  }

  private void answer(String inviteId) {
    String invite = "{\"inviteId\":\"" + inviteId + "\"";
    switch (plan.reply()) {
      case ACCEPT -> {
        enter(Phase.ACCEPTED);
        callee.emit("call:accept", invite + ",\"requestedSeconds\":" + REQUESTED_SECONDS + "}");
      }
      case DECLINE -> {
        enter(Phase.RINGING);
        callee.emit("call:decline", invite + "}");
      }
      case RESCIND -> {
        enter(Phase.RINGING);
        caller.emit("call:rescind", "{\"toUserId\":\"" + callee.userId() + "\"}");
      }
      case NONE -> enter(Phase.RINGING);
    }
  }

  private void declined(Person who, String reason) {
    String planned = plan.reply() == Reply.NONE ? "timeout" : "user_declined";
    boolean toBeDeclined = plan.reply() == Reply.DECLINE || plan.reply() == Reply.NONE;
    if (phase == Phase.RINGING && who == caller && toBeDeclined && reason.equals(planned)) {
      end(null);
    } else {
      fail("declined: " + reason);
    }
  }

  private void rescinded(Person who) {
    if (phase == Phase.RINGING && who == callee && plan.reply() == Reply.RESCIND) {
      end(null);
    } else if (phase != Phase.RINGING || plan.reply() != Reply.NONE) {
      fail("rescinded");
    }
  }

  private void started(String payload) {
    String room = Scan.text(payload, "roomId");
    if (phase != Phase.ACCEPTED || room == null) {
      return;
    }
    steps.start().record(stepBegan, Clock.nanos());
    roomId = room;
    if (++heard == 2) {
      join();
    }
  }

  private void join() {
    enter(Phase.JOINING);
    caller.emit("queue:leave", "");
    callee.emit("queue:leave", "");
    long asked = stepBegan;
    var unused =
        Future.all(caller.ask("room:join", room()), callee.ask("room:join", room()))
            .onComplete(joined -> joined(asked), cause -> fail(String.valueOf(cause.getMessage())));
  }

  private void joined(long asked) {
    if (phase != Phase.JOINING) {
      return;
    }
    steps.join().record(asked, Clock.nanos());
    enter(Phase.OFFERED);
    caller.emit("rtc:offer", Signals.description(roomId, "offer"));
  }

  private void offered(Person who) {
    if (phase == Phase.OFFERED && who == callee) {
      steps.offer().record(stepBegan, Clock.nanos());
      enter(Phase.ANSWERED);
      callee.emit("rtc:answer", Signals.description(roomId, "answer"));
    }
  }

  private void answered(Person who) {
    if (phase != Phase.ANSWERED || who != caller) {
      return;
    }
    steps.answer().record(stepBegan, Clock.nanos());
    enter(Phase.TRICKLING);
    for (int i = 0; i < plan.candidates(); i++) {
      caller.emit("rtc:ice", Signals.candidate(roomId, i));
      callee.emit("rtc:ice", Signals.candidate(roomId, i));
    }
    if (plan.candidates() == 0) {
      chat();
    }
  }

  private void candidate(Person who, String payload) {
    if (phase == Phase.TALKING) {
      watcher.candidate(this, who, payload);
    } else if (phase == Phase.TRICKLING) {
      steps.candidate().record(stepBegan, Clock.nanos());
      if (++heard == 2 * plan.candidates()) {
        chat();
      }
    }
  }

  private void chat() {
    enter(Phase.CHATTING);
    caller.emit(
        "room:chat", "{\"roomId\":\"" + roomId + "\",\"text\":\"Hello, nice to meet you\"}");
  }

  private void chatted() {
    if (phase == Phase.TALKING) {
      watcher.said(this);
    }
    if (phase != Phase.CHATTING) {
      return;
    }
    steps.chat().record(stepBegan, Clock.nanos());
    if (++heard < 2) {
      return;
    }
    enter(Phase.TALKING);
    talkBegan = stepBegan;
    if (limit != null) {
      limit.cancel();
    }
    if (plan.talkMillis() == 0) {
      hangUp();
    } else if (plan.talkMillis() > 0) {
      limit = Clock.after(caller.loop().executor(), plan.talkMillis(), this::hangUp);
    } else {
      watcher.talking(this);
    }
  }

  private void finalized() {
    if (phase == Phase.ENDING) {
      steps.end().record(stepBegan, Clock.nanos());
      if (++heard == 2) {
        steps.whole().record(began + talked + thought, Clock.nanos());
        end(null);
      }
    } else if (phase == Phase.TALKING) {
      fail("ended by the server");
    }
  }

  private void refused(String reason) {
    if (phase == Phase.TALKING) {
      watcher.refused(this, reason);
    } else {
      fail(reason);
    }
  }

  private String room() {
    return "{\"roomId\":\"" + roomId + "\"}";
  }

  private void enter(Phase next) {
    phase = next;
    heard = 0;
    stepBegan = Clock.nanos();
    if (limit != null) {
      limit.cancel();
    }
    boolean unanswered = next == Phase.RINGING && plan.reply() == Reply.NONE;
    long millis = unanswered ? UNANSWERED_MILLIS : STEP_MILLIS + plan.thinkMillis();
    limit =
        Clock.after(
            caller.loop().executor(), millis, () -> fail("nothing for " + millis / 1_000 + " s"));
  }

  private void end(@Nullable String failure) {
    phase = Phase.OVER;
    if (limit != null) {
      limit.cancel();
    }
    watcher.over(this, failure);
  }
}
