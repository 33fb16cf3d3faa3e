package com.napalmsky.gateway;

import static com.napalmsky.gateway.FakeServices.ADMIN;
import static com.napalmsky.gateway.FakeServices.BANNED;
import static com.napalmsky.gateway.FakeServices.DISPLACED;
import static com.napalmsky.gateway.FakeServices.PAID;
import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.gateway.TestGateway.Reply;
import com.napalmsky.shared.contract.user.AdminContract.AdminLogInOutcome;
import com.napalmsky.shared.contract.user.AdminContract.AdminLoggedIn;
import com.napalmsky.shared.contract.user.AdminContract.ListAudit;
import com.napalmsky.shared.contract.user.AdminContract.LogInAdmin;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The admin's door and what is behind it. */
@ExtendWith(VertxExtension.class)
class AdminRoutesTest {

  private static final String CREDENTIALS = "{\"username\":\" root \",\"password\":\"12345678\"}";

  private TestGateway gateway;
  private FakeServices services;

  @BeforeEach
  void start(Vertx vertx) {
    gateway = TestGateway.start(vertx);
    services = gateway.services;
  }

  private <T> T heard(Class<T> type) {
    return services.heard.stream().filter(type::isInstance).map(type::cast).findFirst().get();
  }

  @Test
  void anAdminGetsATokenAndHisOriginIsTold() {
    Reply reply = gateway.post("/admin/login", CREDENTIALS);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("adminToken").asText()).isEqualTo("admin-token");
    assertThat(reply.json().path("username").asText()).isEqualTo("root");
    assertThat(heard(LogInAdmin.class).username()).isEqualTo("root");
    assertThat(heard(LogInAdmin.class).origin().ip()).isEqualTo("127.0.0.1");
  }

  @Test
  void aLockedNameIsToldHowLong() {
    services.adminLoggedIn =
        new AdminLoggedIn(
            AdminLogInOutcome.LOCKED, null, null, null, Instant.now().plusSeconds(300));

    Reply reply = gateway.post("/admin/login", CREDENTIALS);

    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.error()).contains("Too many");
    assertThat(Integer.parseInt(reply.header("retry-after"))).isBetween(1, 300);
  }

  @Test
  void wrongPasswordsAreLimitedByNameApartFromPeoplesAddresses() {
    services.adminLoggedIn = new AdminLoggedIn(AdminLogInOutcome.REFUSED, null, null, null, null);
    for (int i = 0; i < 6; i++) {
      assertThat(gateway.post("/admin/login", CREDENTIALS).status()).isEqualTo(401);
    }

    assertThat(gateway.post("/admin/login", CREDENTIALS).status()).isEqualTo(429);
  }

  @Test
  void anAdminsTokenIsVerified() {
    Reply reply = gateway.getAs(ADMIN, "/admin/verify");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("valid").asBoolean()).isTrue();
    assertThat(reply.json().path("username").asText()).isEqualTo("Somebody");
  }

  @ParameterizedTest
  @ValueSource(strings = {PAID, BANNED, DISPLACED, "forged"})
  void nobodyElsesTokenIs(String token) {
    Reply reply = gateway.getAs(token, "/admin/verify");

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.json().path("valid").asBoolean(true)).isFalse();
  }

  @Test
  void aLogOutSucceedsWithoutASessionToo() {
    assertThat(gateway.post("/admin/logout", "").status()).isEqualTo(200);
    assertThat(gateway.postAs(ADMIN, "/admin/logout", "").status()).isEqualTo(200);
    assertThat(gateway.getAs(ADMIN, "/admin/verify").status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    PAID + ",403",
    BANNED + ",403",
    DISPLACED + ",401",
    "forged,401",
  })
  void theAuditLogIsForAdmins(String token, int status) {
    assertThat(gateway.getAs(token, "/admin/audit").status()).isEqualTo(status);
    assertThat(services.heard).noneMatch(ListAudit.class::isInstance);
  }

  @Test
  void anAdminReadsTheAuditLogByItsFilters() {
    UUID actor = UUID.randomUUID();

    Reply reply =
        gateway.getAs(
            ADMIN,
            "/admin/audit?actor=" + actor + "&subject=x&action=ban.review&before=9&limit=1000");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("entries")).hasSize(2);
    assertThat(reply.json().path("next").asLong()).isEqualTo(6);
    assertThat(heard(ListAudit.class)).isEqualTo(new ListAudit(actor, "x", "ban.review", 9L, 200));
  }

  @ParameterizedTest
  @CsvSource({"actor=me,actor", "before=0,before", "before=x,before", "limit=-1,limit"})
  void aWrongFilterIsNamed(String query, String field) {
    Reply reply = gateway.getAs(ADMIN, "/admin/audit?" + query);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error()).startsWith(field);
  }
}
