package com.napalmsky.clustertests;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.cluster.Hosts.Host;
import com.napalmsky.cluster.Layout;
import com.napalmsky.cluster.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.json.JSONObject;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Five processes on one machine and four on another, which do not hear each other for a while.
 * Clients, the database and Redis are reached by all of them.
 */
@Tag("heavy")
@Timeout(400)
class PartitionIT {

  private static final Duration SOON = Duration.ofSeconds(12);
  private static final Duration LATER = Duration.ofSeconds(60);

  @RegisterExtension
  @Order(1)
  static final Namespaces MACHINES = new Namespaces();

  @RegisterExtension
  @Order(2)
  static final Stage STAGE = new Stage(28_000, Layout.ofEach(2), Map.of(), MACHINES);

  @Test
  void theSmallerSideEndsAndEverybodyGoesOnWithTheLarger() throws Exception {
    List<Talk> talks = STAGE.talks("Cut", 4);
    Person[] waiting = STAGE.pair("Waiting");
    List<Node> larger = on(MACHINES.of(0));
    List<Node> smaller = on(MACHINES.of(1));
    Door reached = STAGE.door(larger.contains(STAGE.gateway(0)) ? 0 : 1);
    Talk untouched =
        Talk.between(
            Person.inTheLobby(reached, "Reached A"), Person.inTheLobby(reached, "Reached B"));

    MACHINES.apart();
    for (Node node : smaller) {
      assertThat(node.awaitEnd()).as(node.lastLines()).isEqualTo(1);
      // Whichever it notices first: that it is not heard, or that it is with the smaller side.
      assertThat(node.log()).contains("gives itself up");
    }
    Await.until("the larger side serves", LATER, () -> larger.stream().allMatch(Node::ready));

    Await.until("they see each other", LATER, () -> waiting[0].sees(waiting[1]));
    untouched.say(untouched.callee(), "still there?", SOON);
    untouched.say(untouched.caller(), "of course", SOON);
    untouched.end(SOON);
    STAGE.recordedOnce(untouched, LATER);
    for (Talk talk : talks) {
      goesOnOrEndedForBoth(talk);
      STAGE.recordedOnce(talk, LATER);
    }
    MACHINES.together();
    for (Node node : smaller) {
      assertThat(STAGE.cluster().instead(node).alive()).isTrue();
    }
    STAGE.allReady();

    assertThat(larger).allMatch(Node::alive);
    Talk next = Talk.between(waiting[0], waiting[1]);
    next.end(SOON);
    STAGE.recordedOnce(next, LATER);
    Stage.leave(talks);
    Stage.leave(List.of(next, untouched));
  }

  /**
   * Whoever sits at a gateway of the smaller side is unreachable for its larger side, longer than
   * the grace of a call if that gateway holds on to him: then the call is over, for both, and for
   * no other reason.
   */
  private static void goesOnOrEndedForBoth(Talk talk) throws Exception {
    Predicate<JSONObject> ofThisCall = told -> told.optString("roomId").equals(talk.roomId());
    Optional<JSONObject> ended =
        talk.callee().heard("session:finalized", Duration.ofSeconds(1), ofThisCall);
    if (ended.isEmpty()) {
      talk.say(talk.callee(), "still there?", SOON);
      talk.end(SOON);
      return;
    }
    JSONObject other = talk.caller().hears("session:finalized", SOON, ofThisCall);
    assertThat(List.of(ended.get().getString("reason"), other.getString("reason")))
        .containsOnly("peer_lost");
  }

  private static List<Node> on(Host host) {
    return STAGE.cluster().nodes().stream().filter(node -> node.host().equals(host)).toList();
  }
}
