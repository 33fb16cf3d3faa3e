package com.napalmsky.signaling.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.contract.gateway.ClientEvent.SessionFinalized;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.signaling.CallAction;
import com.napalmsky.shared.contract.signaling.SignalingContract.Command;
import com.napalmsky.shared.contract.signaling.SignalingContract.CountCalls;
import com.napalmsky.shared.contract.signaling.SignalingContract.Member;
import com.napalmsky.shared.contract.signaling.SignalingContract.Open;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.signaling.Stage.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DatabaseOutageTest {

  private static final int CALLS = 50;

  @Test
  void fiftyCallsThatEndDuringAnOutageAreStoredOnceAfterItAndTheirMembersDoNotWait() {
    var stage = new CallStage();
    List<Open> opened = open(stage);
    stage.stage.database = Database.AWAY;

    for (Open open : opened) {
      end(stage, open);
      stage.stage.advance(Duration.ofSeconds(4));
      assertThat(endOf(stage, open.initiator().socket())).isNotNull();
      assertThat(endOf(stage, open.other().socket()).cooldownExpiry()).isNull();
    }
    assertThat(stage.calls.count(new CountCalls()).result().waitingToBeStored()).isEqualTo(CALLS);
    assertThat(stage.stage.released).hasSize(2 * CALLS);
    assertThat(stage.stage.stored).isEmpty();

    int before = stage.stage.attempts;
    stage.stage.database = Database.UP;
    stage.stage.advance(Duration.ofSeconds(30));

    assertThat(stage.stage.stored).hasSize(CALLS);
    assertThat(stage.stage.attempts - before).isEqualTo(CALLS);
    assertThat(stage.calls.count(new CountCalls()).result().waitingToBeStored()).isZero();
    for (Open open : opened) {
      assertThat(stage.stage.stored.get(open.roomId()).sessionId())
          .isEqualTo(endOf(stage, open.other().socket()).sessionId());
      // The other one asked by his own end and was answered again.
      assertThat(stage.stage.got(open.initiator().socket(), SessionFinalized.class)).hasSize(1);
    }
  }

  @Test
  void withoutAnyUserServiceTheMembersAreToldAtOnce() {
    var stage = new CallStage();
    Open open = open(stage).get(0);
    var unused = stage.stage.bus.silence(UserContract.RECORD_CALL);

    end(stage, open);

    assertThat(endOf(stage, open.initiator().socket())).isNotNull();
    assertThat(endOf(stage, open.other().socket())).isNotNull();
  }

  private static List<Open> open(CallStage stage) {
    List<Open> opened = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      Open open =
          new Open(
              UUID.randomUUID(),
              new Member(UUID.randomUUID(), "A", stage.stage.socket()),
              new Member(UUID.randomUUID(), "B", stage.stage.socket()),
              1_800);
      stage.calls.open(open).result();
      for (Member member : List.of(open.initiator(), open.other())) {
        command(stage, open, member, new CallAction.Join());
      }
      opened.add(open);
    }
    stage.stage.advance(Duration.ofSeconds(70));
    return opened;
  }

  private static void end(CallStage stage, Open open) {
    command(stage, open, open.initiator(), new CallAction.End());
    command(stage, open, open.other(), new CallAction.End());
  }

  private static void command(CallStage stage, Open open, Member member, CallAction action) {
    stage
        .calls
        .command(new Command(open.roomId(), member.userId(), member.socket(), action))
        .result();
  }

  private static SessionFinalized endOf(CallStage stage, SocketRef socket) {
    List<SessionFinalized> ends = stage.stage.got(socket, SessionFinalized.class);
    return ends.isEmpty() ? null : ends.get(0);
  }
}
