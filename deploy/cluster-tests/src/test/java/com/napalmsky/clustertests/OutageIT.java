package com.napalmsky.clustertests;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.cluster.Kind;
import com.napalmsky.cluster.LocalRedis;
import com.napalmsky.cluster.Node;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What everybody shares is away for a while, or a process stands still: what remains of calls. */
@Tag("heavy")
@Timeout(400)
class OutageIT {

  private static final Duration SOON = Duration.ofSeconds(12);
  private static final Duration LATER = Duration.ofSeconds(60);
  private static final Duration WITHOUT_DATABASE = Duration.ofSeconds(60);
  private static final Duration STANDSTILL = Duration.ofSeconds(20);

  @RegisterExtension static final Stage STAGE = new Stage(27_000);

  @Test
  void fiftyCallsThatEndInAMinuteWithoutADatabaseAreInBothHistoriesOnce() throws Exception {
    List<Talk> talks = STAGE.talks("Minute", 50);
    long every = WITHOUT_DATABASE.toNanos() / talks.size();
    STAGE.cluster().postgres().kill();
    long begun = System.nanoTime();

    for (int i = 0; i < talks.size(); i++) {
      Talk talk = talks.get(i);
      talk.say(talk.caller(), "still there?", SOON);
      talk.end(SOON);
      TimeUnit.NANOSECONDS.sleep(begun + (i + 1) * every - System.nanoTime());
    }
    assertThat(STAGE.cluster().nodes(Kind.USER)).noneMatch(Node::ready);
    STAGE.cluster().postgres().restart();

    for (Talk talk : talks) {
      STAGE.recordedOnce(talk, LATER);
    }
    Stage.leave(talks);
  }

  @ParameterizedTest(name = "and with nothing: {0}")
  @ValueSource(booleans = {false, true})
  void callsGoOnAndTheLobbyIsTheSameWhenRedisComesBack(boolean empty) throws Exception {
    List<Talk> talks = STAGE.talks("Redis", 5);
    Talk endsMeanwhile = talks.get(0);
    Person[] waiting = STAGE.pair("Waiting");
    LocalRedis redis = STAGE.cluster().redis();

    redis.kill();
    Await.until(
        "the outage is noticed",
        LATER,
        () -> STAGE.cluster().nodes(Kind.PRESENCE).stream().noneMatch(Node::ready));
    for (Talk talk : talks) {
      talk.say(talk.caller(), "still there?", SOON);
      talk.say(talk.callee(), "yes", SOON);
    }
    endsMeanwhile.end(SOON);
    if (empty) {
      redis.restartEmpty();
    } else {
      redis.restart();
    }
    STAGE.allReady();

    for (Person one : waiting) {
      Person other = one == waiting[0] ? waiting[1] : waiting[0];
      Await.until("they see each other again", LATER, () -> one.sees(other));
    }
    for (Talk talk : talks) {
      if (talk != endsMeanwhile) {
        talk.say(talk.caller(), "and now?", SOON);
        talk.end(SOON);
      }
      STAGE.recordedOnce(talk, LATER);
    }
    Talk next = invitedAsSoonAsKnown(waiting[0], waiting[1]).accept();
    next.connect();
    next.end(SOON);
    STAGE.recordedOnce(next, LATER);
    Stage.leave(talks);
    Stage.leave(List.of(next));
  }

  /** The lobby may be seen as it was while presence still learns who is there. */
  private static Talk.Invite invitedAsSoonAsKnown(Person caller, Person callee) throws Exception {
    Optional<Talk.Invite> invite = Talk.tryToInvite(caller, callee);
    // No more than a caller may send within a minute.
    for (int tries = 0; tries < 8 && invite.isEmpty(); tries++) {
      TimeUnit.SECONDS.sleep(3);
      invite = Talk.tryToInvite(caller, callee);
    }
    return invite.orElseThrow(() -> new AssertionError("the callee stays offline"));
  }

  @Test
  void anOwnerThatStoodStillEndsAndItsCallsGoOnWithoutIt() throws Exception {
    List<Talk> talks = STAGE.talks("Still", 4);
    Node still = STAGE.cluster().nodes(Kind.SIGNALING).get(0);
    Node other = STAGE.cluster().nodes(Kind.SIGNALING).get(1);

    still.pause();
    for (Talk talk : talks) {
      talk.say(talk.caller(), "still there?", SOON);
    }
    othersGoOn(still);
    still.resume();

    endsItself(still);
    assertThat(other.log()).contains("calls adopted");
    for (Talk talk : talks) {
      talk.say(talk.callee(), "still here", SOON);
      talk.end(SOON);
      STAGE.recordedOnce(talk, LATER);
    }
    Stage.leave(talks);
  }

  @Test
  void nobodyIsAGhostWhoseGatewayStoodStill() throws Exception {
    List<Talk> talks = STAGE.talks("Frozen", 2);
    Person frozen = Person.inTheLobby(STAGE.door(0), "Frozen");
    Person viewer = Person.inTheLobby(STAGE.door(1), "Viewer");
    Await.until("he is seen", SOON, () -> viewer.sees(frozen));
    Node still = STAGE.gateway(0);

    still.pause();
    Await.until("he is not seen any more", STANDSTILL, () -> !viewer.sees(frozen));
    for (Talk talk : talks) {
      assertThat(end(talk, talk.callee())).isEqualTo("peer_lost");
    }
    othersGoOn(still);
    still.resume();

    endsItself(still);
    Await.until("he is back and seen again", LATER, () -> viewer.sees(frozen));
    for (Talk talk : talks) {
      talk.caller().emit("call:end", Person.in(talk.roomId()));
      assertThat(end(talk, talk.caller())).isEqualTo("peer_lost");
      STAGE.recordedOnce(talk, LATER);
    }
    frozen.close();
    Await.until("he is gone", SOON, () -> !viewer.sees(frozen));
    viewer.close();
    Stage.leave(talks);
  }

  private static String end(Talk talk, Person member) throws Exception {
    return member
        .hears("session:finalized", LATER, told -> told.optString("roomId").equals(talk.roomId()))
        .getString("reason");
  }

  /** Lets the pause last, in which nobody else may give himself up. */
  private static void othersGoOn(Node still) throws Exception {
    long until = System.nanoTime() + STANDSTILL.toNanos();
    while (System.nanoTime() < until) {
      assertThat(STAGE.cluster().nodes()).filteredOn(node -> node != still).allMatch(Node::alive);
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  private static void endsItself(Node still) throws Exception {
    assertThat(still.awaitEnd()).as(still.lastLines()).isEqualTo(1);
    assertThat(still.log()).contains("stood still");
    STAGE.cluster().instead(still);
    STAGE.allReady();
    assertThat(STAGE.cluster().nodes()).hasSize(9).allMatch(Node::alive);
  }
}
