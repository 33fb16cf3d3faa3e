package com.napalmsky.user;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.bus.Endpoint;
import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.shared.contract.user.Actor;
import com.napalmsky.shared.contract.user.BanContract;
import com.napalmsky.shared.contract.user.BanContract.Appeal;
import com.napalmsky.shared.contract.user.BanContract.AppealOutcome;
import com.napalmsky.shared.contract.user.BanContract.BanChanged;
import com.napalmsky.shared.contract.user.BanContract.CheckBan;
import com.napalmsky.shared.contract.user.BanContract.CountModeration;
import com.napalmsky.shared.contract.user.BanContract.Decision;
import com.napalmsky.shared.contract.user.BanContract.LiftBan;
import com.napalmsky.shared.contract.user.BanContract.ListBlacklist;
import com.napalmsky.shared.contract.user.BanContract.ListPending;
import com.napalmsky.shared.contract.user.BanContract.Review;
import com.napalmsky.shared.contract.user.BanContract.ReviewOutcome;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.BlockContract;
import com.napalmsky.shared.contract.user.BlockContract.Block;
import com.napalmsky.shared.contract.user.BlockContract.BlockOutcome;
import com.napalmsky.shared.contract.user.BlockContract.ListBlocks;
import com.napalmsky.shared.contract.user.BlockContract.Unblock;
import com.napalmsky.shared.contract.user.Gender;
import com.napalmsky.shared.contract.user.IpBanContract;
import com.napalmsky.shared.contract.user.IpBanContract.BanIp;
import com.napalmsky.shared.contract.user.IpBanContract.IpBan;
import com.napalmsky.shared.contract.user.IpBanContract.LiftIpBan;
import com.napalmsky.shared.contract.user.IpBanContract.ListIpBans;
import com.napalmsky.shared.contract.user.ReportContract;
import com.napalmsky.shared.contract.user.ReportContract.ListReports;
import com.napalmsky.shared.contract.user.ReportContract.Report;
import com.napalmsky.shared.contract.user.ReportContract.Reported;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.RecordCall;
import com.napalmsky.shared.contract.user.UserContract.SignUp;
import com.napalmsky.shared.contract.user.UserContract.SignedUp;
import com.napalmsky.shared.runtime.Settings;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Reports, bans and what belongs to them on a real bus, as a program composes the service. */
@ExtendWith(VertxExtension.class)
class ModerationServiceTest {

  private TypedBus bus;

  @BeforeEach
  void deployed(Vertx vertx) {
    bus = new TypedBus(vertx);
    UserStage.await(
        UserService.deploy(
            vertx,
            UserConfig.from(
                new Settings(
                    Map.of(
                        "DATABASE_URL",
                        TestPostgres.freshUrl(),
                        "USER_INSTANCES",
                        "2",
                        "USER_REPORTERS_TO_BAN",
                        "1",
                        "USER_BAN_REPEAT_SECONDS",
                        "1",
                        "USER_PASSWORD_COST",
                        "10")))));
  }

  private <Q extends Record, R extends Record> R ask(Endpoint<Q, R> endpoint, Q request) {
    return UserStage.await(bus.request(endpoint, request));
  }

  @Test
  void everyOperationOfModerationIsServedAndABanIsToldAgain() {
    Promise<BanChanged> told = Promise.promise();
    Promise<BanChanged> toldAgain = Promise.promise();
    UserStage.await(
        bus.subscribe(
            BanContract.BAN_CHANGED,
            change -> {
              if (!told.tryComplete(change)) {
                toldAgain.tryComplete(change);
              }
            }));
    UUID ada = signUp("Ada").session().userId();
    UUID ben = signUp("Ben").session().userId();
    Actor admin = new Actor(ada, "192.0.2.1");
    recordCall(ada, ben);

    Reported reported =
        ask(ReportContract.REPORT, new Report(ada, ben, "rude", null, false, "192.0.2.1"));
    assertThat(reported.autoBanned()).isTrue();
    assertThat(UserStage.await(told.future()).status()).isEqualTo(BanStatus.TEMPORARY);
    assertThat(UserStage.await(toldAgain.future())).isEqualTo(told.future().result());
    assertThat(ask(ReportContract.LIST_REPORTS, new ListReports(ben, null, null, 10)).reports())
        .hasSize(1);
    assertThat(ask(BanContract.CHECK_BAN, new CheckBan(ben)).status())
        .isEqualTo(BanStatus.TEMPORARY);
    assertThat(ask(BanContract.APPEAL, new Appeal(ben, "no")).outcome())
        .isEqualTo(AppealOutcome.APPEALED);
    assertThat(ask(BanContract.LIST_PENDING, new ListPending(true, null, 10)).cases()).hasSize(1);
    assertThat(ask(BanContract.COUNT, new CountModeration()).pendingReviews()).isEqualTo(1);
    assertThat(
            ask(BanContract.REVIEW, new Review(ben, Decision.PERMANENT, null, "seen", admin))
                .outcome())
        .isEqualTo(ReviewOutcome.DECIDED);
    assertThat(ask(BanContract.LIST_BLACKLIST, new ListBlacklist(null, 10)).entries()).hasSize(1);
    assertThat(ask(BanContract.LIFT_BAN, new LiftBan(ben, "enough", admin)).outcome())
        .isEqualTo(ReviewOutcome.DECIDED);
    assertThat(ask(BlockContract.BLOCK, new Block(ada, ben, false)).outcome())
        .isEqualTo(BlockOutcome.BLOCKED);
    assertThat(ask(BlockContract.LIST_BLOCKS, new ListBlocks(ada, null, 10)).blocks()).hasSize(1);
    assertThat(ask(BlockContract.UNBLOCK, new Unblock(ada, ben)).found()).isTrue();
    IpBan ban = ask(IpBanContract.BAN_IP, new BanIp("203.0.113.0/24", "spam", null, admin)).ban();
    assertThat(ask(IpBanContract.LIST_IP_BANS, new ListIpBans(null, 10, null)).bans())
        .containsExactly(ban);
    assertThat(ask(IpBanContract.LIFT_IP_BAN, new LiftIpBan(ban.id(), admin)).found()).isTrue();
  }

  private void recordCall(UUID first, UUID second) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    UUID room = UUID.randomUUID();
    assertThat(
            ask(
                    UserContract.RECORD_CALL,
                    new RecordCall(
                        room,
                        "session-" + room,
                        first,
                        second,
                        now.minusSeconds(60),
                        now,
                        60,
                        EndReason.COMPLETED,
                        List.of()))
                .members())
        .hasSize(2);
  }

  private SignedUp signUp(String name) {
    return ask(
        UserContract.SIGN_UP, new SignUp(name, Gender.UNSPECIFIED, null, null, UserStage.ORIGIN));
  }
}
