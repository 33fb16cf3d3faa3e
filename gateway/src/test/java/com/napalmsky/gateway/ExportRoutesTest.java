package com.napalmsky.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.gateway.TestGateway.Reply;
import com.napalmsky.shared.contract.user.ExportContract.Exported;
import com.napalmsky.shared.contract.user.ExportContract.Section;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class ExportRoutesTest {

  @Test
  void theDocumentHasEachSectionAsItCameAndSaysWhatWasCut(Vertx vertx) {
    TestGateway gateway = TestGateway.start(vertx);
    gateway.services.exported =
        new Exported(
            Instant.parse("2026-11-25T08:00:00Z"),
            List.of(
                new Section("account", "[{\"name\":\"Ada \\u00e9\"}]", true),
                new Section("history", "[]", false)));

    Reply reply = gateway.getAs(FakeServices.PAID, "/user/me/export");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("content-disposition")).startsWith("attachment");
    assertThat(reply.json().path("exportedAt").asText()).isEqualTo("2026-11-25T08:00:00Z");
    assertThat(reply.json().path("incomplete").path(0).asText()).isEqualTo("history");
    assertThat(reply.json().path("account").path(0).path("name").asText()).isEqualTo("Ada é");
  }

  @Test
  void theSixthInADayIsRefusedAndTheBannedMayHaveTheirs(Vertx vertx) {
    TestGateway gateway = TestGateway.start(vertx);

    for (int i = 0; i < 5; i++) {
      assertThat(gateway.getAs(FakeServices.BANNED, "/user/me/export").status()).isEqualTo(200);
    }
    Reply sixth = gateway.getAs(FakeServices.BANNED, "/user/me/export");

    assertThat(sixth.status()).isEqualTo(429);
    assertThat(sixth.header("retry-after")).isNotNull();
    // Another one behind the same address has his own five.
    assertThat(gateway.getAs(FakeServices.PAID, "/user/me/export").status()).isEqualTo(200);
  }
}
