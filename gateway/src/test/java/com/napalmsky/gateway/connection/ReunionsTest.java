package com.napalmsky.gateway.connection;

import static com.napalmsky.gateway.connection.TestLoop.ANNA;
import static com.napalmsky.gateway.connection.TestLoop.BEN;
import static com.napalmsky.gateway.connection.TestLoop.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.gateway.socketio.FakeSocket;
import com.napalmsky.shared.contract.user.ReunionContract.ReunionWished;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReunionsTest {

  private final TestLoop loop = new TestLoop();

  @Test
  void aWishToTalkAgainIsToldOnEverySocketOfBothAndToNobodyElse() {
    FakeSocket phone = loop.connected("anna");
    FakeSocket laptop = loop.connected("anna");
    FakeSocket partner = loop.connected("ben");

    loop.handler.reunionWished(new ReunionWished(ROOM, ANNA, BEN, true));
    loop.handler.reunionWished(new ReunionWished(ROOM, new UUID(7, 7), new UUID(7, 8), true));

    JsonObject wished =
        new JsonObject()
            .put("roomId", ROOM.toString())
            .put("from", ANNA.toString())
            .put("agreed", true);
    assertThat(phone.got("call:again")).containsExactly(wished);
    assertThat(laptop.got("call:again")).containsExactly(wished);
    assertThat(partner.got("call:again")).containsExactly(wished);
  }
}
