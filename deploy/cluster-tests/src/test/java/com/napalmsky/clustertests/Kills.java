package com.napalmsky.clustertests;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.cluster.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Instances of services are killed while people are in one phase of a call, all of it in one place
 * for every service, phase and shape of a stage.
 */
final class Kills {

  /** How far people are when it happens. */
  enum Phase {
    /** The callee has been told of the invite. */
    INVITED,
    /** The call has started; the caller is there, the callee is not. */
    CONNECTING,
    /** They talk. */
    TALKING
  }

  private static final Duration TOLD_WITHIN = Duration.ofSeconds(12);
  private static final Duration NO_GHOST_AFTER = Duration.ofSeconds(15);
  private static final Duration LATER = Duration.ofSeconds(60);

  /** Two people on their way. */
  private static final class Pair {

    private final Person caller;
    private final Person callee;
    private final Phase phase;
    private Talk.Invite invite;
    private Talk talk;

    Pair(Person[] people, Phase phase) throws Exception {
      caller = people[0];
      callee = people[1];
      this.phase = phase;
      invite = Talk.invite(caller, callee);
      if (phase != Phase.INVITED) {
        talk = invite.accept();
        caller.enterRoom(talk.roomId());
      }
      if (phase == Phase.TALKING) {
        talk.connect();
      }
    }

    /** Nothing that is left for them to do is kept from them. */
    Talk goOn() throws Exception {
      if (phase == Phase.INVITED) {
        talk = invite.accept();
      }
      if (phase != Phase.TALKING) {
        talk.connect();
      }
      talk.say(talk.caller(), "still there?", Person.LIMIT);
      talk.say(talk.callee(), "I am", Person.LIMIT);
      return talk;
    }

    /** The callee is told that the caller is gone for good. */
    void calleeIsLeft(Duration within) throws Exception {
      if (phase == Phase.INVITED) {
        callee.hears("call:rescinded", within);
      } else {
        callee.hears("peer:disconnected", within);
        talk.toldOfTheEnd(callee, Person.LIMIT);
      }
    }

    void leave() {
      caller.close();
      callee.close();
    }
  }

  private final Stage stage;

  Kills(Stage stage) {
    this.stage = stage;
  }

  /**
   * Two pairs go on whatever was killed. Of a third one the caller goes at the same moment, with
   * his gateway if it is that one that is killed, and does not come back; nor does somebody in the
   * lobby.
   */
  void play(Set<Kind> killed, Phase phase) throws Exception {
    ExecutorService people = Executors.newCachedThreadPool();
    try (Person watcher = Person.inTheLobby(stage.door(1), "Watcher");
        Person ghost = Person.inTheLobby(stage.door(0), "Ghost")) {
      List<Pair> pairs =
          List.of(new Pair(stage.pair("One"), phase), new Pair(stage.pair("Two"), phase));
      Pair parted = new Pair(stage.pair("Three"), phase);
      Await.until("the watcher sees who will be lost", LATER, () -> watcher.sees(ghost));
      ghost.willNotReturn();
      parted.caller.willNotReturn();

      stage.kill(killed);

      long since = System.nanoTime();
      ghost.close();
      parted.caller.close();
      List<Future<Talk>> goingOn = new ArrayList<>();
      for (Pair pair : pairs) {
        goingOn.add(people.submit(pair::goOn));
      }
      Future<?> noGhost =
          people.submit(
              done(
                  () ->
                      Await.until(
                          "nobody in the lobby who is gone",
                          left(NO_GHOST_AFTER, since),
                          () -> !watcher.sees(ghost))));
      parted.calleeIsLeft(left(TOLD_WITHIN, since));
      System.out.println(
          "  " + killed + " " + phase + ": the partner was told after " + millis(since) + " ms");
      noGhost.get();
      for (Future<Talk> each : goingOn) {
        Talk talk = each.get();
        talk.end(Person.LIMIT);
        stage.recordedOnce(talk, LATER);
      }
      if (phase == Phase.TALKING) {
        stage.recordedOnce(parted.talk, LATER);
      }
      Talk first = goingOn.get(0).get();
      first.caller().enterLobby();
      first.callee().enterLobby();
      Await.until("they are seen in the lobby again", LATER, () -> first.caller().sees(watcher));
      assertThat(first.caller().sees(ghost)).isFalse();
      pairs.forEach(Pair::leave);
      parted.leave();
    } finally {
      people.shutdownNow();
    }
  }

  /** A task that may fail with anything. */
  private interface Task {
    void run() throws Exception;
  }

  private static Callable<Boolean> done(Task task) {
    return () -> {
      task.run();
      return true;
    };
  }

  private static Duration left(Duration limit, long since) {
    return limit.minusNanos(System.nanoTime() - since);
  }

  private static long millis(long since) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
  }
}
