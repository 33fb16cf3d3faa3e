package com.napalmsky.gateway;

import static com.napalmsky.gateway.FakeServices.ADMIN;
import static com.napalmsky.gateway.FakeServices.ANNA;
import static com.napalmsky.gateway.FakeServices.BANNED;
import static com.napalmsky.gateway.FakeServices.BERT;
import static com.napalmsky.gateway.FakeServices.DISPLACED;
import static com.napalmsky.gateway.FakeServices.PAID;
import static com.napalmsky.gateway.FakeServices.THEN;
import static com.napalmsky.gateway.FakeServices.UNPAID;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.napalmsky.gateway.TestGateway.Reply;
import com.napalmsky.shared.contract.user.Actor;
import com.napalmsky.shared.contract.user.AdminContract.NoteRefusal;
import com.napalmsky.shared.contract.user.BanContract.Appeal;
import com.napalmsky.shared.contract.user.BanContract.AppealOutcome;
import com.napalmsky.shared.contract.user.BanContract.AppealSignedOut;
import com.napalmsky.shared.contract.user.BanContract.BanChecked;
import com.napalmsky.shared.contract.user.BanContract.Blacklist;
import com.napalmsky.shared.contract.user.BanContract.Decision;
import com.napalmsky.shared.contract.user.BanContract.LiftBan;
import com.napalmsky.shared.contract.user.BanContract.ListBlacklist;
import com.napalmsky.shared.contract.user.BanContract.ListPending;
import com.napalmsky.shared.contract.user.BanContract.Review;
import com.napalmsky.shared.contract.user.BanContract.ReviewOutcome;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.BlockContract.Block;
import com.napalmsky.shared.contract.user.BlockContract.BlockOutcome;
import com.napalmsky.shared.contract.user.BlockContract.Blocked;
import com.napalmsky.shared.contract.user.BlockContract.ListBlocks;
import com.napalmsky.shared.contract.user.BlockContract.Unblock;
import com.napalmsky.shared.contract.user.Cursor;
import com.napalmsky.shared.contract.user.IpBanContract.BanIp;
import com.napalmsky.shared.contract.user.IpBanContract.LiftIpBan;
import com.napalmsky.shared.contract.user.IpBanContract.ListIpBans;
import com.napalmsky.shared.contract.user.ReportContract.ListReports;
import com.napalmsky.shared.contract.user.ReportContract.Report;
import com.napalmsky.shared.contract.user.ReportContract.ReportOutcome;
import com.napalmsky.shared.contract.user.ReportContract.Reported;
import com.napalmsky.shared.contract.user.Session;
import com.napalmsky.shared.contract.user.UserContract.Authenticate;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports, blocks, bans, review and banned addresses over HTTP. */
@ExtendWith(VertxExtension.class)
class ModerationRoutesTest {

  private static final String REVIEW = "/report/review/" + ANNA.userId();
  private static final String UNBAN = "/report/unban/" + ANNA.userId();
  private static final long TOMORROW = Instant.now().plusSeconds(86_400).toEpochMilli();

  private TestGateway gateway;
  private FakeServices services;
  private FakeModeration moderation;

  @BeforeEach
  void start(Vertx vertx) {
    gateway = TestGateway.start(vertx);
    services = gateway.services;
    moderation = services.moderation;
  }

  private <T> T heard(Class<T> type) {
    return services.heard.stream().filter(type::isInstance).map(type::cast).findFirst().get();
  }

  private Actor admin() {
    return new Actor(services.sessionOf(ADMIN).userId(), "127.0.0.1");
  }

  private Reply report(String more) {
    return gateway.postAs(
        PAID, "/report/user", "{\"reportedUserId\":\"" + BERT.userId() + "\"" + more + "}");
  }

  @Test
  void aReportIsCarriedWithWhoSaidItAndFromWhere() {
    Session reporter = services.sessionOf(PAID);

    Reply reply =
        report(
            ",\"reason\":\" Was rude \",\"roomId\":\"" + FakeModeration.ID + "\",\"endCall\":true");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("success").asBoolean()).isTrue();
    assertThat(reply.json().path("reportId").asText()).isEqualTo(FakeModeration.ID.toString());
    assertThat(reply.json().path("reportCount").asInt()).isEqualTo(3);
    assertThat(reply.json().has("autoBanned")).isFalse();
    assertThat(heard(Report.class))
        .isEqualTo(
            new Report(
                reporter.userId(),
                BERT.userId(),
                "Was rude",
                FakeModeration.ID,
                true,
                "127.0.0.1"));
  }

  @Test
  void theReportThatBannedSaysSo() {
    moderation.reported = new Reported(ReportOutcome.TAKEN, FakeModeration.ID, 4, true, true);

    Reply reply = report("");

    assertThat(reply.json().path("autoBanned").asBoolean()).isTrue();
    assertThat(reply.json().path("callEnded").asBoolean()).isTrue();
    assertThat(heard(Report.class))
        .isEqualTo(
            new Report(
                services.sessionOf(PAID).userId(), BERT.userId(), "", null, false, "127.0.0.1"));
  }

  @ParameterizedTest
  @CsvSource({
    "ALREADY_REPORTED,400,alreadyReported",
    "SELF,400,",
    "UNKNOWN_USER,404,",
    "NO_SHARED_CALL,403,sharedCallRequired",
    "NOT_THIS_CALL,403,sharedCallRequired",
  })
  void aReportThatIsNotTakenSaysWhyAndIsNotMistakenForABan(
      ReportOutcome outcome, int status, String flag) {
    moderation.reported = new Reported(outcome, null, 0, false, false);

    Reply reply = report("");

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.error()).isNotEmpty().doesNotContain("banned").doesNotContain("suspended");
    assertThat(reply.json().size()).isEqualTo(flag == null ? 1 : 2);
    assertThat(flag == null || reply.json().path(flag).asBoolean()).isTrue();
  }

  @Test
  void whoIsNobodysIdIsUnknown() {
    moderation.nothing();

    Reply reply = gateway.postAs(PAID, "/report/user", "{\"reportedUserId\":\"somebody\"}");

    assertThat(reply.status()).isEqualTo(404);
    assertThat(heard(Report.class).reportedId()).isNull();
  }

  @Test
  void elevenReportsInAnHourAreOneTooManyButTheBanCheckGoesOn() {
    for (int i = 0; i < 10; i++) {
      assertThat(report("").status()).isEqualTo(200);
    }

    Reply eleventh = report("");

    assertThat(eleventh.status()).isEqualTo(429);
    assertThat(eleventh.json().path("retryAfter").asInt()).isBetween(3_590, 3_600);
    assertThat(gateway.getAs(PAID, "/report/check-ban").status()).isEqualTo(200);
    assertThat(gateway.getAs(PAID, "/report/blacklist").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/report/user|{}|reportedUserId",
        "/report/user|{\"reportedUserId\":5}|reportedUserId",
        "/report/user|{\"reportedUserId\":\"a\",\"reason\":{}}|reason",
        "/report/user|{\"reportedUserId\":\"a\",\"roomId\":\"b\"}|roomId",
        "/report/user|{\"reportedUserId\":\"a\",\"endCall\":\"yes\"}|endCall",
        "/report/appeal|{}|text",
        "/report/appeal|{\"text\":\"  \"}|text",
        "/report/appeal|{\"text\":[]}|text",
        "/auth/appeal|{\"password\":\"12345678\",\"text\":\"No\"}|email",
        "/auth/appeal|{\"email\":\"a@b.c\",\"text\":\"No\"}|password",
        "/auth/appeal|{\"email\":\"a@b.c\",\"password\":\"12345678\",\"text\":\" \"}|text",
        "/user/blocks|{}|userId",
        "/user/blocks|{\"userId\":true}|userId",
        "/user/blocks|{\"userId\":\"a\",\"endCall\":1}|endCall",
      })
  void aFieldThatDoesNotFitIsNamed(String path, String body, String field) {
    Reply reply = gateway.postAs(PAID, path, body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error()).startsWith(field);
  }

  @Test
  void textsThatAreTooLongAreRefused() {
    Reply report = report(",\"reason\":\"" + "x".repeat(1_001) + "\"");
    Reply appeal =
        gateway.postAs(PAID, "/report/appeal", "{\"text\":\"" + "x".repeat(2_001) + "\"}");

    assertThat(report.error()).startsWith("reason").contains("1000");
    assertThat(appeal.error()).startsWith("text").contains("2000");
    assertThat(report(",\"reason\":\"" + "x".repeat(1_000) + "\"").status()).isEqualTo(200);
  }

  @Test
  void aBannedUserReadsHisRecordWithoutWhatIsForAdmins() {
    JsonNode checked = gateway.getAs(BANNED, "/report/check-ban").json();

    assertThat(checked.path("isBanned").asBoolean()).isTrue();
    assertThat(checked.path("banStatus").asText()).isEqualTo("temporary");
    JsonNode record = checked.path("banRecord");
    assertThat(record.path("userId").asText()).isEqualTo(ANNA.userId().toString());
    assertThat(record.path("until").asLong()).isEqualTo(THEN.plusSeconds(60).toEpochMilli());
    assertThat(record.path("reviewStatus").asText()).isEqualTo("reviewed_ban");
    assertThat(record.path("reviewReason").asText()).isEqualTo("Was rude");
    assertThat(record.path("appeal").asText()).isEqualTo("I was not");
    assertThat(record.has("ipAddresses")).isFalse();
    assertThat(record.has("reviewedBy")).isFalse();
  }

  @Test
  void whoWasNeverBannedHasNoRecord() {
    moderation.checked = new BanChecked(BanStatus.NONE, null);

    JsonNode checked = gateway.getAs(UNPAID, "/report/check-ban").json();

    assertThat(checked.path("isBanned").asBoolean(true)).isFalse();
    assertThat(checked.path("banStatus").asText()).isEqualTo("none");
    assertThat(checked.path("banRecord").isNull()).isTrue();
  }

  @Test
  void anAppealIsTakenOnce() {
    assertThat(gateway.postAs(BANNED, "/report/appeal", "{\"text\":\" No \"}").status())
        .isEqualTo(200);
    assertThat(heard(Appeal.class))
        .isEqualTo(new Appeal(services.sessionOf(BANNED).userId(), "No"));

    moderation.appeal = AppealOutcome.ALREADY_APPEALED;
    Reply again = gateway.postAs(BANNED, "/report/appeal", "{\"text\":\"No\"}");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.json().path("alreadyAppealed").asBoolean()).isTrue();

    moderation.appeal = AppealOutcome.NOT_BANNED;
    assertThat(gateway.postAs(PAID, "/report/appeal", "{\"text\":\"No\"}").status()).isEqualTo(409);
  }

  @Test
  void whoHasSignedOutAppealsWithHisPassword() {
    String body = "{\"email\":\"Anna@example.org\",\"password\":\"right\",\"text\":\" No \"}";

    assertThat(gateway.post("/auth/appeal", body).status()).isEqualTo(200);

    assertThat(heard(AppealSignedOut.class))
        .isEqualTo(new AppealSignedOut("Anna@example.org", "right", "No"));
    moderation.appeal = AppealOutcome.ALREADY_APPEALED;
    assertThat(gateway.post("/auth/appeal", body).json().path("alreadyAppealed").asBoolean())
        .isTrue();
    moderation.appeal = AppealOutcome.NOT_BANNED;
    assertThat(gateway.post("/auth/appeal", body).status()).isEqualTo(409);
    moderation.appeal = AppealOutcome.REFUSED;
    Reply refused = gateway.post("/auth/appeal", body);
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.error()).isEqualTo("Invalid credentials");
    assertThat(refused.json().size()).isEqualTo(1);
  }

  @Test
  void theBlacklistIsForEverybodyAndNamesNobodysId() {
    Reply reply = gateway.get("/report/blacklist?limit=5000&before=12");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("count").asInt()).isEqualTo(2);
    assertThat(reply.json().path("lastUpdated").asLong()).isEqualTo(THEN.toEpochMilli());
    assertThat(reply.json().path("blacklist").path(0).path("bannedReason").asText())
        .isEqualTo("4 reports");
    assertThat(reply.text()).doesNotContain(ANNA.userId().toString());
    assertThat(heard(ListBlacklist.class))
        .isEqualTo(new ListBlacklist(new Cursor(Instant.ofEpochMilli(12), null), 200));
  }

  @Test
  void anEmptyBlacklistIsAsNewAsNow() {
    moderation.blacklist = new Blacklist(List.of(), null, null);

    JsonNode list = gateway.get("/report/blacklist").json();

    assertThat(list.path("lastUpdated").asLong()).isPositive();
    assertThat(list.path("next").isNull()).isTrue();
  }

  @Test
  void blocksAreMadeListedAndTakenBack() {
    UUID caller = services.sessionOf(PAID).userId();
    moderation.blocked = new Blocked(BlockOutcome.BLOCKED, true);

    Reply blocked =
        gateway.postAs(
            PAID, "/user/blocks", "{\"userId\":\"" + BERT.userId() + "\",\"endCall\":true}");
    Reply listed = gateway.getAs(PAID, "/user/blocks?limit=3");
    Reply gone =
        gateway.send(
            "DELETE", "/user/blocks/" + BERT.userId(), null, "Authorization", "Bearer " + PAID);

    assertThat(blocked.json().path("callEnded").asBoolean()).isTrue();
    assertThat(heard(Block.class)).isEqualTo(new Block(caller, BERT.userId(), true));
    assertThat(listed.json().path("blocks").path(0).path("name").asText()).isEqualTo("Bert");
    assertThat(listed.json().path("blocks").path(0).path("blockedAt").asLong())
        .isEqualTo(THEN.toEpochMilli());
    assertThat(heard(ListBlocks.class)).isEqualTo(new ListBlocks(caller, null, 3));
    assertThat(gone.json().path("found").asBoolean()).isTrue();
    assertThat(heard(Unblock.class)).isEqualTo(new Unblock(caller, BERT.userId()));
  }

  @ParameterizedTest
  @CsvSource({"SELF,400", "UNKNOWN_USER,404", "TOO_MANY,409"})
  void aBlockThatDoesNotStandSaysWhy(BlockOutcome outcome, int status) {
    moderation.blocked = new Blocked(outcome, false);

    Reply reply = gateway.postAs(PAID, "/user/blocks", "{\"userId\":\"nobody\"}");

    assertThat(reply.status()).isEqualTo(status);
  }

  @Test
  void adminsSeeReportsWithTheAddressByTheirFilters() {
    UUID reporter = UUID.randomUUID();
    String place = THEN + "_" + FakeModeration.ID;

    Reply reply =
        gateway.getAs(
            ADMIN,
            "/report/all?reported="
                + ANNA.userId()
                + "&reporter="
                + reporter
                + "&before="
                + place
                + "&limit=7");

    JsonNode first = reply.json().path("reports").path(0);
    assertThat(first.path("reporterIp").asText()).isEqualTo("192.0.2.7");
    assertThat(first.path("reportedUserName").asText()).isEqualTo(ANNA.name());
    assertThat(reply.json().path("reports").path(1).path("reporterIp").isNull()).isTrue();
    assertThat(reply.json().path("next").asText()).isEqualTo(place);
    assertThat(heard(ListReports.class))
        .isEqualTo(new ListReports(ANNA.userId(), reporter, FakeModeration.NEXT, 7));
  }

  @ParameterizedTest
  @CsvSource({"'',false", "?appealed=false,false", "?appealed=true&limit=1,true"})
  void adminsSeeOpenCasesWithTheirReports(String query, boolean appealedOnly) {
    Reply reply = gateway.getAs(ADMIN, "/report/pending" + query);

    JsonNode first = reply.json().path("pending").path(0);
    assertThat(first.path("reviewStatus").asText()).isEqualTo("pending");
    assertThat(first.path("ipAddresses").isArray()).isTrue();
    assertThat(first.path("reports")).hasSize(2);
    assertThat(heard(ListPending.class).appealedOnly()).isEqualTo(appealedOnly);
  }

  @Test
  void adminsSeeHowMuchThereIs() {
    JsonNode stats = gateway.getAs(ADMIN, "/report/stats").json();

    assertThat(stats.path("totalReports").asInt()).isEqualTo(9);
    assertThat(stats.path("totalBans").asInt()).isEqualTo(8);
    assertThat(stats.path("ipBans").asInt()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(Decision.class)
  void aDecisionIsCarriedWithWhoMadeIt(Decision decision) {
    boolean temporary = decision == Decision.TEMPORARY;

    Reply reply =
        gateway.postAs(
            ADMIN,
            REVIEW,
            "{\"decision\":\""
                + decision.wire()
                + "\",\"reason\":\"Looked at it\""
                + (temporary ? ",\"until\":" + TOMORROW : "")
                + "}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("decision").asText()).isEqualTo(decision.wire());
    assertThat(reply.json().path("userId").asText()).isEqualTo(ANNA.userId().toString());
    assertThat(heard(Review.class))
        .isEqualTo(
            new Review(
                ANNA.userId(),
                decision,
                temporary ? Instant.ofEpochMilli(TOMORROW) : null,
                "Looked at it",
                admin()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|decision",
        "{\"decision\":\"guilty\"}|decision",
        "{\"decision\":7}|decision",
        "{\"decision\":\"temporary\"}|until",
        "{\"decision\":\"temporary\",\"until\":1000}|until",
        "{\"decision\":\"temporary\",\"until\":\"soon\"}|until",
        "{\"decision\":\"permanent\",\"until\":99999999999999}|until",
        "{\"decision\":\"permanent\",\"reason\":1}|reason",
      })
  void aDecisionThatDoesNotFitIsRefusedByField(String body, String field) {
    Reply reply = gateway.postAs(ADMIN, REVIEW, body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error()).startsWith(field);
    assertThat(services.heard).noneMatch(Review.class::isInstance);
  }

  @ParameterizedTest
  @CsvSource({"UNKNOWN_USER,404", "NOT_BANNED,409", "AS_BEFORE,409"})
  void whatCannotBeDecidedOrLiftedSaysWhy(ReviewOutcome outcome, int status) {
    moderation.review = outcome;

    assertThat(gateway.postAs(ADMIN, REVIEW, "{\"decision\":\"permanent\"}").status())
        .isEqualTo(status);
    assertThat(gateway.postAs(ADMIN, UNBAN, "").status()).isEqualTo(status);
  }

  @Test
  void aBanIsLiftedWithAReason() {
    Reply reply = gateway.postAs(ADMIN, UNBAN, "{\"reason\":\" Long enough \"}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(heard(LiftBan.class)).isEqualTo(new LiftBan(ANNA.userId(), "Long enough", admin()));
  }

  @Test
  void anAddressIsBannedInItsShortestForm() {
    Reply reply =
        gateway.postAs(
            ADMIN,
            "/report/ip-bans",
            "{\"ip\":\" 2001:0DB8::77/64 \",\"reason\":\"Sells things\",\"until\":"
                + TOMORROW
                + "}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("ipAddress").asText()).isEqualTo("2001:db8::/64");
    assertThat(heard(BanIp.class))
        .isEqualTo(
            new BanIp("2001:db8::/64", "Sells things", Instant.ofEpochMilli(TOMORROW), admin()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"reason\":\"r\"}|ip",
        "{\"ip\":\"somewhere\",\"reason\":\"r\"}|ip",
        "{\"ip\":\"192.0.2.1\"}|reason",
        "{\"ip\":\"192.0.2.1\",\"reason\":\"\"}|reason",
        "{\"ip\":\"192.0.2.1\",\"reason\":\"r\",\"until\":5}|until",
        "{\"ip\":\"64.0.0.0/7\",\"reason\":\"r\"}|ip",
        "{\"ip\":\"2001::/15\",\"reason\":\"r\"}|ip",
        "{\"ip\":\"0.0.0.0/0\",\"reason\":\"r\"}|ip",
        "{\"ip\":\"::ffff:0.0.0.0/96\",\"reason\":\"r\"}|ip",
        "{\"ip\":\"127.0.0.1\",\"reason\":\"r\"}|ip is where you come from",
        "{\"ip\":\"127.0.0.0/8\",\"reason\":\"r\"}|ip is where you come from",
      })
  void aBanOfAnAddressThatDoesNotFitIsRefusedByField(String body, String error) {
    Reply reply = gateway.postAs(ADMIN, "/report/ip-bans", body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error()).startsWith(error);
    assertThat(services.heard).noneMatch(BanIp.class::isInstance);
  }

  @Test
  void bansOfAddressesAreListedAndLifted() {
    moderation.ipBans = List.of(FakeModeration.ipBan("192.0.2.0/24"));
    services.heard.clear();

    Reply listed = gateway.getAs(ADMIN, "/report/ip-bans?limit=9");
    Reply lifted =
        gateway.send(
            "DELETE",
            "/report/ip-bans/" + FakeModeration.ID,
            null,
            "Authorization",
            "Bearer " + ADMIN);

    assertThat(listed.json().path("ipBans").path(0).path("ipAddress").asText())
        .isEqualTo("192.0.2.0/24");
    assertThat(listed.json().path("count").asInt()).isEqualTo(1);
    assertThat(heard(ListIpBans.class).limit()).isEqualTo(9);
    assertThat(lifted.status()).isEqualTo(200);
    assertThat(heard(LiftIpBan.class)).isEqualTo(new LiftIpBan(FakeModeration.ID, admin()));
  }

  @Test
  void anAddressIsCheckedAgainstWhatTheGatewayGoesBy() {
    moderation.ban("192.0.2.0/24");
    TestGateway.until(
        "the list is known",
        () ->
            gateway.getAs(ADMIN, "/report/check-ip/192.0.2.9").json().path("isBanned").asBoolean());

    JsonNode banned = gateway.getAs(ADMIN, "/report/check-ip/192.0.2.0%2F25").json();
    JsonNode free = gateway.getAs(ADMIN, "/report/check-ip/2001:db8::1").json();

    assertThat(banned.path("ipBan").path("ipAddress").asText()).isEqualTo("192.0.2.0/24");
    assertThat(free.path("isBanned").asBoolean(true)).isFalse();
    assertThat(free.path("ipBan").isNull()).isTrue();
    assertThat(gateway.getAs(ADMIN, "/report/check-ip/here").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /report/all",
        "GET /report/pending",
        "GET /report/stats",
        "GET /report/ip-bans",
        "GET /report/check-ip/192.0.2.1",
        "POST /report/review/11111111-1111-1111-1111-111111111111",
        "POST /report/unban/11111111-1111-1111-1111-111111111111",
        "POST /report/ip-bans",
        "DELETE /report/ip-bans/11111111-1111-1111-1111-111111111111",
      })
  void nobodyButAnAdminGetsIn(String route) {
    String method = route.substring(0, route.indexOf(' '));
    String path = route.substring(route.indexOf(' ') + 1);
    String body = "{\"decision\":\"permanent\",\"ip\":\"192.0.2.1\",\"reason\":\"because\"}";
    services.heard.clear();

    for (String[] one :
        new String[][] {{PAID, "403"}, {BANNED, "403"}, {DISPLACED, "401"}, {"forged", "401"}}) {
      Reply reply =
          gateway.send(
              method,
              path,
              method.equals("POST") ? body : null,
              "Content-Type",
              "application/json",
              "Authorization",
              "Bearer " + one[0]);
      assertThat(reply.status()).as(one[0]).isEqualTo(Integer.parseInt(one[1]));
    }
    assertThat(services.heard)
        .allMatch(asked -> asked instanceof Authenticate || asked instanceof NoteRefusal);
  }
}
