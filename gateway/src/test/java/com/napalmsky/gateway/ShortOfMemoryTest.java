package com.napalmsky.gateway;

import static com.napalmsky.gateway.MediaSteps.form;
import static com.napalmsky.gateway.MediaSteps.upload;
import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.gateway.TestGateway.Reply;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Browse;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A gateway that was given less memory than any process takes. */
@ExtendWith(VertxExtension.class)
class ShortOfMemoryTest {

  private TestGateway gateway;

  @BeforeEach
  void start(Vertx vertx) {
    FakeServices services = new FakeServices(vertx);
    TestGateway.await(services.start());
    gateway =
        TestGateway.whole(
            vertx, services, "MEMORY_BUDGET_MEGABYTES", "1", "GATEWAY_SOCKETS_RESERVE", "0");
  }

  @Test
  void nobodyNewIsLetInAndHearsWhenToTryAgain() {
    Reply refused = gateway.get("/socket.io/?EIO=4&transport=polling");

    assertThat(refused.status()).isEqualTo(503);
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 5);
    assertThat(refused.text()).contains("full");
  }

  @Test
  void filesAreNotTaken() {
    Reply refused = upload(gateway, FakeServices.PAID, "/media/selfie", form("selfie", "bytes"));

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.header("Retry-After")).isNotNull();
  }

  @Test
  void whoIsThereSeesFewerPeople() {
    assertThat(gateway.getAs(FakeServices.PAID, "/room/queue?limit=100").status()).isEqualTo(200);

    assertThat(gateway.services.heard)
        .filteredOn(Browse.class::isInstance)
        .singleElement()
        .extracting(asked -> ((Browse) asked).limit())
        .isEqualTo(25);
  }
}
