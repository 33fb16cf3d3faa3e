package com.napalmsky.gateway;

import static com.napalmsky.gateway.FakeServices.ADMIN;
import static com.napalmsky.gateway.FakeServices.ANNA;
import static com.napalmsky.gateway.FakeServices.BANNED;
import static com.napalmsky.gateway.FakeServices.DISPLACED;
import static com.napalmsky.gateway.FakeServices.PAID;
import static com.napalmsky.gateway.FakeServices.THEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.napalmsky.gateway.TestGateway.Reply;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.shared.contract.signaling.SignalingContract.EndCall;
import com.napalmsky.shared.contract.tally.TallyContract;
import com.napalmsky.shared.contract.tally.TallyContract.Count;
import com.napalmsky.shared.contract.tally.TallyContract.Tally;
import com.napalmsky.shared.contract.user.AdminContract.AdminLogInOutcome;
import com.napalmsky.shared.contract.user.AdminContract.AdminLoggedIn;
import com.napalmsky.shared.contract.user.AdminContract.InspectUser;
import com.napalmsky.shared.contract.user.AdminContract.ListAudit;
import com.napalmsky.shared.contract.user.AdminContract.LogInAdmin;
import com.napalmsky.shared.contract.user.AdminContract.LogOutAdmin;
import com.napalmsky.shared.contract.user.AdminContract.NoteCallEnd;
import com.napalmsky.shared.contract.user.AdminContract.NoteRefusal;
import com.napalmsky.shared.contract.user.AdminContract.RoleOutcome;
import com.napalmsky.shared.contract.user.AdminContract.SearchUsers;
import com.napalmsky.shared.contract.user.AdminContract.SetRole;
import com.napalmsky.shared.contract.user.AnnouncementContract.Announce;
import com.napalmsky.shared.contract.user.AnnouncementContract.AnnouncementState;
import com.napalmsky.shared.contract.user.AnnouncementContract.ListAllAnnouncements;
import com.napalmsky.shared.contract.user.BanContract.BanChecked;
import com.napalmsky.shared.contract.user.BanContract.CheckBan;
import com.napalmsky.shared.contract.user.BanContract.ListBans;
import com.napalmsky.shared.contract.user.BanContract.ReviewStatus;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.CodeContract.CodeType;
import com.napalmsky.shared.contract.user.CodeContract.ListCodes;
import com.napalmsky.shared.contract.user.Cursor;
import com.napalmsky.shared.contract.user.IpBanContract.ListIpBans;
import com.napalmsky.shared.contract.user.ReportContract.ListReports;
import com.napalmsky.shared.contract.user.TokenHash;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
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
    assertThat(heard(LogOutAdmin.class))
        .isEqualTo(new LogOutAdmin(TokenHash.of(ADMIN), "127.0.0.1"));
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
            "/admin/audit?actor=" + actor + "&subject=x&action=ban.reviewed&before=9&limit=1000");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("entries")).hasSize(2);
    assertThat(heard(ListAudit.class))
        .isEqualTo(new ListAudit(actor, "x", "ban.reviewed", null, 200, Instant.ofEpochMilli(9)));
  }

  @Test
  void theNextOfAPageOfTheAuditLogIsTheBeforeOfTheNext() {
    String next = gateway.getAs(ADMIN, "/admin/audit").json().path("next").asText();
    services.heard.clear();

    assertThat(gateway.getAs(ADMIN, "/admin/audit?before=" + next).status()).isEqualTo(200);

    assertThat(heard(ListAudit.class)).isEqualTo(new ListAudit(null, null, null, 6L, 50, null));
  }

  @ParameterizedTest
  @CsvSource({
    "/admin/audit?actor=me,actor",
    "/admin/audit?action=ban.maybe,action",
    "/payment/admin/codes?type=gift,type",
    "/payment/admin/codes?active=1,active",
    "/payment/admin/codes?before=x,before",
    "/payment/admin/codes?limit=0,limit",
    "/admin/audit?before=x,before",
    "/admin/audit?limit=-1,limit",
    "/admin/announcements?state=over,state",
    "/admin/announcements?before=-1,before",
    "/admin/announcements?limit=0,limit",
    "/report/bans?ban=maybe,ban",
    "/report/bans?review=maybe,review",
    "/report/bans?before=x,before",
    "/report/bans?limit=x,limit",
    "/report/pending?appealed=yes,appealed",
    "/report/all?reporter=me,reporter",
    "/report/all?reported=me,reported",
    "/report/ip-bans?bannedBy=me,bannedBy",
    "/report/ip-bans?limit=1.5,limit",
  })
  void aWrongFilterIsNamed(String path, String field) {
    Reply reply = gateway.getAs(ADMIN, path);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error()).startsWith(field);
  }

  @Test
  void listsAreAskedForByTheirFiltersAndPlaces() {
    Cursor place = new Cursor(THEN, ANNA.userId());
    String before = "&before=" + THEN + "_" + ANNA.userId() + "&limit=7";

    Reply announcements = gateway.getAs(ADMIN, "/admin/announcements?state=withdrawn" + before);
    Reply bans = gateway.getAs(ADMIN, "/report/bans?ban=permanent&review=reviewed_ban" + before);
    gateway.getAs(ADMIN, "/report/ip-bans?bannedBy=" + ANNA.userId() + before);
    Reply codes = gateway.getAs(ADMIN, "/payment/admin/codes?type=user&active=false" + before);

    assertThat(heard(ListAllAnnouncements.class))
        .isEqualTo(new ListAllAnnouncements(AnnouncementState.WITHDRAWN, place, 7));
    assertThat(announcements.json().path("announcements")).hasSize(2);
    assertThat(announcements.json().path("next").isTextual()).isTrue();
    assertThat(heard(ListBans.class))
        .isEqualTo(new ListBans(BanStatus.PERMANENT, ReviewStatus.REVIEWED_BAN, place, 7));
    assertThat(bans.json().path("bans")).hasSize(2);
    assertThat(bans.json().path("next").isTextual()).isTrue();
    assertThat(services.heard)
        .contains(
            new ListIpBans(place, 7, ANNA.userId()),
            new ListCodes(THEN, 7, ANNA.userId(), CodeType.USER, false));
    assertThat(codes.json().path("next").isTextual()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {PAID, BANNED, DISPLACED, "forged"})
  void whoIsRefusedOnAnAdminsRouteIsWrittenDownAndWaitsForNobody(String token) {
    services.noteRefusals = false;

    Reply reply = gateway.getAs(token, "/admin/users/" + ANNA.userId());

    assertThat(reply.status()).isIn(401, 403);
    await(() -> services.heard.stream().anyMatch(NoteRefusal.class::isInstance));
    assertThat(heard(NoteRefusal.class))
        .isEqualTo(new NoteRefusal(TokenHash.of(token), "GET /admin/users/{userId}", "127.0.0.1"));
  }

  @Test
  void nobodyIsWrittenDownWhoSentNoTokenOrMayOrAskedForSomethingElse() {
    assertThat(gateway.get("/admin/users").status()).isEqualTo(401);
    assertThat(gateway.getAs(ADMIN, "/admin/users").status()).isEqualTo(200);
    assertThat(gateway.getAs("forged", "/user/me").status()).isEqualTo(401);
    assertThat(gateway.getAs("forged", "/admin/verify").status()).isEqualTo(401);
    assertThat(gateway.getAs("forged", "/admin/audit").status()).isEqualTo(401);

    await(() -> services.heard.stream().anyMatch(NoteRefusal.class::isInstance));
    assertThat(services.heard.stream().filter(NoteRefusal.class::isInstance)).hasSize(1);
    assertThat(heard(NoteRefusal.class).route()).isEqualTo("GET /admin/audit");
  }

  @Test
  void refusalsAreWrittenDownNoMoreOftenThanTheLogCanBear(Vertx vertx) {
    TestGateway strict = TestGateway.start(vertx, "GATEWAY_LIMIT_REFUSALS_PER_HOUR", "2");

    for (int i = 0; i < 5; i++) {
      assertThat(strict.getAs(PAID, "/admin/users").status()).isEqualTo(403);
    }
    assertThat(strict.getAs(ADMIN, "/admin/audit").status()).isEqualTo(200);

    assertThat(strict.services.heard.stream().filter(NoteRefusal.class::isInstance)).hasSize(2);
  }

  @Test
  void anAdminSearchesPeopleByTextBanRoleAndPlace() {
    Reply reply =
        gateway.getAs(
            ADMIN,
            "/admin/users?query=an%25&ban=temporary&role=admin&limit=500&before="
                + THEN
                + "_"
                + ANNA.userId());

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("users").get(0).path("email").asText())
        .isEqualTo("anna@example.org");
    assertThat(heard(SearchUsers.class))
        .isEqualTo(
            new SearchUsers(
                "an%", BanStatus.TEMPORARY, true, new Cursor(THEN, ANNA.userId()), 100));
    assertThat(reply.json().path("next").asText()).isEqualTo(THEN + "_" + ANNA.userId());
  }

  @ParameterizedTest
  @CsvSource({"ban=maybe,ban", "role=king,role", "before=x,before", "before=1_2,before"})
  void aWrongFilterOfPeopleIsNamed(String query, String field) {
    Reply reply = gateway.getAs(ADMIN, "/admin/users?" + query);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error()).startsWith(field);
  }

  @Test
  void anInspectionTellsWhereSomebodyIsAndDoesWithoutPresence() {
    services.state = PresenceState.IN_CALL;
    assertThat(inspect().json().path("presence").asText()).isEqualTo("in_call");

    services.presenceDown = true;
    Reply without = inspect();

    assertThat(without.status()).isEqualTo(200);
    assertThat(without.json().path("presence").isNull()).isTrue();
    assertThat(without.json().path("sessions")).hasSize(2);
    assertThat(without.json().path("calls")).hasSize(2);
    assertThat(without.json().at("/ban/appeal").asText()).isEqualTo("I was not");
    assertThat(without.json().at("/reports/received")).hasSize(2);
    assertThat(without.json().at("/reports/made")).hasSize(2);
    assertThat(services.heard)
        .contains(
            new CheckBan(ANNA.userId()),
            new ListReports(ANNA.userId(), null, null, 50),
            new ListReports(null, ANNA.userId(), null, 50));
    assertThat(heard(InspectUser.class).actor().ip()).isEqualTo("127.0.0.1");
  }

  @Test
  void anInspectionOfSomebodyWhoWasNeverBannedHasNoBan() {
    services.moderation.checked = new BanChecked(BanStatus.NONE, null);

    assertThat(inspect().json().path("ban").isNull()).isTrue();
  }

  private Reply inspect() {
    return gateway.getAs(ADMIN, "/admin/users/" + ANNA.userId());
  }

  @ParameterizedTest
  @CsvSource({"SET,200", "AS_BEFORE,200", "UNKNOWN_USER,404", "SELF,409", "GUEST,409"})
  void everyOutcomeOfAChangeOfRoleHasItsStatus(RoleOutcome outcome, int status) {
    services.admins.role = outcome;

    Reply reply = setRole("admin");

    assertThat(reply.status()).isEqualTo(status);
    assertThat(heard(SetRole.class).admin()).isTrue();
  }

  @Test
  void aRoleThatThereIsNotIsRefused() {
    assertThat(setRole("king").status()).isEqualTo(400);
    assertThat(setRole("king").error()).startsWith("role");
  }

  private Reply setRole(String role) {
    return gateway.send(
        "PUT",
        "/admin/users/" + ANNA.userId() + "/role",
        "{\"role\":\"" + role + "\"}",
        "Content-Type",
        "application/json",
        "Authorization",
        "Bearer " + ADMIN);
  }

  @Test
  void anAnnouncementLastsADayUnlessSaidOtherwise() {
    Reply reply = gateway.postAs(ADMIN, "/admin/announcements", "{\"text\":\" Back at eight \"}");

    assertThat(reply.status()).isEqualTo(200);
    Announce asked = heard(Announce.class);
    assertThat(asked.text()).isEqualTo("Back at eight");
    assertThat(asked.endsAt())
        .isBetween(
            Instant.now().plus(Duration.ofHours(23)), Instant.now().plus(Duration.ofHours(25)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|text",
        "{\"text\":7}|text",
        "{\"text\":\"x\",\"endsAt\":1}|endsAt",
        "{\"text\":\"x\",\"endsAt\":9999999999999}|endsAt"
      })
  void anAnnouncementOfTheWrongShapeIsRefusedByField(String body, String field) {
    Reply reply = gateway.postAs(ADMIN, "/admin/announcements", body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error()).startsWith(field);
  }

  @Test
  void aCallIsEndedAfterThatWasWrittenDown() {
    UUID room = UUID.randomUUID();

    Reply reply = gateway.postAs(ADMIN, "/admin/calls/" + room + "/end", "{\"reason\":\" rude \"}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(heard(NoteCallEnd.class).reason()).isEqualTo("rude");
    assertThat(heard(EndCall.class)).isEqualTo(new EndCall(room, EndReason.MODERATED));
    assertThat(services.heard.indexOf(heard(NoteCallEnd.class)))
        .isLessThan(services.heard.indexOf(heard(EndCall.class)));
  }

  @Test
  void aCallThatIsOverOrUnknownIsLeftAlone() {
    services.admins.conflict();
    assertThat(endCall()).isEqualTo(409);
    services.admins.nothing();
    assertThat(endCall()).isEqualTo(404);
    assertThat(services.heard).noneMatch(NoteCallEnd.class::isInstance);
  }

  private int endCall() {
    return gateway.postAs(ADMIN, "/admin/calls/" + UUID.randomUUID() + "/end", "{}").status();
  }

  @Test
  void theLiveNumbersAreTheSumsOfAllInstances() {
    tell("matchmaking", "m1", new Count("sent", 3), new Count("accepted", 1));
    tell("matchmaking", "m2", new Count("sent", 4));
    tell("signaling", "s1", new Count("connected", 3), new Count("set-up-failed", 1));

    await(() -> live().path("lastHour").path("invites").path("sent").asInt() == 7);
    JsonNode hour = live().path("lastHour");

    assertThat(hour.path("invites").path("accepted").asInt()).isEqualTo(1);
    assertThat(hour.path("connectSuccess").asDouble()).isEqualTo(0.75);
    assertThat(hour.path("turnShare").isNull()).isTrue();
    assertThat(live().path("available").asInt()).isEqualTo(20);
  }

  private void tell(String service, String instance, Count... counts) {
    services
        .bus()
        .publish(
            TallyContract.COUNTED, new Tally(service, instance, Instant.now(), List.of(counts)));
  }

  private JsonNode live() {
    return gateway.getAs(ADMIN, "/admin/live").json();
  }

  /** A fact on the bus is heard a moment after it was told. */
  private static void await(BooleanSupplier heard) {
    for (int i = 0; i < 200 && !heard.getAsBoolean(); i++) {
      LockSupport.parkNanos(10_000_000);
    }
    assertThat(heard.getAsBoolean()).as("heard within 2 s").isTrue();
  }
}
