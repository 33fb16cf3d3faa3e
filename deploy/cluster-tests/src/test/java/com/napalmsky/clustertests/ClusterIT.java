package com.napalmsky.clustertests;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.cluster.Kind;
import com.napalmsky.cluster.Node;
import com.napalmsky.clustertests.Kills.Phase;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two gateways, and parts of the cluster that die: what people see, what the database holds. */
class ClusterIT extends CallScenarios {

  @RegisterExtension static final Stage STAGE = new Stage(25_000);

  @Override
  Stage stage() {
    return STAGE;
  }

  @Test
  void whoseGatewayIsKilledComesBackAndWhosePartnerDoesNotIsTold() throws Exception {
    new Kills(STAGE).play(Set.of(Kind.GATEWAY), Phase.TALKING);
  }

  @Test
  void callsGoOnWhenTheirOwnerIsKilled() throws Exception {
    List<Talk> talks = STAGE.talks("Owner", 4);
    Node killed = STAGE.cluster().nodes(Kind.SIGNALING).get(0);
    Node other = STAGE.cluster().nodes(Kind.SIGNALING).get(1);

    killed.kill();

    for (Talk talk : talks) {
      talk.say(talk.caller(), "still there?", SOON);
      talk.end(SOON);
      STAGE.recordedOnce(talk, LATER);
    }
    assertThat(other.log()).contains("calls adopted");
    Stage.leave(talks);
  }

  @Test
  void callsThatEndWithoutADatabaseAreRecordedOnceWhenItIsBack() throws Exception {
    List<Talk> talks = STAGE.talks("Database", 5);
    STAGE.cluster().postgres().kill();

    for (Talk talk : talks) {
      talk.caller().emit("call:end", Person.in(talk.roomId()));
    }
    Node user = STAGE.cluster().nodes(Kind.USER).get(0);
    Await.until("the outage is noticed", LATER, () -> !user.ready());
    STAGE.cluster().postgres().restart();

    for (Talk talk : talks) {
      talk.toldOfTheEnd(talk.callee(), LATER);
      STAGE.recordedOnce(talk, LATER);
    }
    Stage.leave(talks);
  }

  @Test
  void callsGoOnWhenTheirOwnerAndAGatewayLeaveInOrder() throws Exception {
    List<Talk> talks = STAGE.talks("Leaving", 4);
    Node owner = STAGE.cluster().nodes(Kind.SIGNALING).get(0);
    Node gateway = STAGE.gateway(0);

    owner.terminate();
    gateway.terminate();
    for (Talk talk : talks) {
      talk.say(talk.caller(), "are you there?", SOON);
    }
    assertThat(owner.awaitEnd()).as(owner.lastLines()).isZero();
    assertThat(gateway.awaitEnd()).as(gateway.lastLines()).isZero();

    for (Talk talk : talks) {
      talk.say(talk.callee(), "still here", SOON);
      talk.say(talk.caller(), "me too", SOON);
      talk.end(SOON);
      STAGE.recordedOnce(talk, LATER);
    }
    Stage.leave(talks);
  }
}
