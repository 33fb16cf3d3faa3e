package com.napalmsky.user.ipban;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.contract.user.Actor;
import com.napalmsky.shared.contract.user.IpBanContract;
import com.napalmsky.shared.contract.user.IpBanContract.BanIp;
import com.napalmsky.shared.contract.user.IpBanContract.IpBan;
import com.napalmsky.shared.contract.user.IpBanContract.IpBansChanged;
import com.napalmsky.shared.contract.user.IpBanContract.LiftIpBan;
import com.napalmsky.shared.contract.user.IpBanContract.ListIpBans;
import com.napalmsky.user.ModerationStage;
import com.napalmsky.user.UserStage;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class IpBanTest {

  @RegisterExtension static final UserStage stage = new UserStage("USER_IP_BANS_MAX", "3");

  private final ModerationStage moderation = new ModerationStage(stage);
  private Actor admin;

  @BeforeEach
  void anEmptyList() {
    admin = moderation.admin();
    stage.sql("DELETE FROM ip_bans");
    stage.forgetAnnouncements();
  }

  @CanIgnoreReturnValue
  private IpBan ban(String network, Instant until) {
    return UserStage.await(stage.ipBans().ban(new BanIp(network, "spam", until, admin))).ban();
  }

  private boolean lift(UUID id) {
    return UserStage.await(stage.ipBans().lift(new LiftIpBan(id, admin))).found();
  }

  private IpBanContract.IpBans list(int limit) {
    return UserStage.await(stage.ipBans().list(new ListIpBans(null, limit, null)));
  }

  @Test
  void aBanIsListedAuditedAndToldToAll() {
    Instant until = stage.timers.now().plus(Duration.ofDays(1));

    IpBan ban = ban("203.0.113.0/24", until);

    assertThat(ban.reason()).isEqualTo("spam");
    assertThat(ban.until()).isEqualTo(until);
    assertThat(ban.bannedBy()).isEqualTo(admin.userId());
    assertThat(list(10).bans()).containsExactly(ban);
    assertThat(stage.announced(IpBansChanged.class)).hasSize(1);
    assertThat(moderation.audited("203.0.113.0/24"))
        .extracting(
            row -> row.getString("action"),
            row -> row.getUUID("actor_id"),
            row -> row.getString("subject"),
            row -> row.getString("actor_ip"),
            row -> row.getJsonObject("details").getString("until"))
        .containsExactly(
            tuple("ip-ban.made", admin.userId(), "203.0.113.0/24", admin.ip(), until.toString()));
  }

  @Test
  void theSameNetworkIsBannedOnceWithTheLatestReasonAndEnd() {
    IpBan first = ban("203.0.113.7", null);
    Instant until = stage.timers.now().plus(Duration.ofDays(1));

    IpBan second = ban("203.0.113.7", until);

    assertThat(second.id()).isEqualTo(first.id());
    assertThat(list(10).bans()).containsExactly(second);
  }

  @Test
  void aBanThatIsLiftedIsGoneAndOneThatIsNotThereIsNotFound() {
    IpBan ban = ban("203.0.113.9", null);
    stage.forgetAnnouncements();

    assertThat(lift(ban.id())).isTrue();
    assertThat(lift(ban.id())).isFalse();

    assertThat(list(10).bans()).isEmpty();
    assertThat(stage.announced(IpBansChanged.class)).hasSize(1);
    assertThat(moderation.audited("203.0.113.9"))
        .extracting(row -> row.getString("action"))
        .containsExactly("ip-ban.made", "ip-ban.lifted");
  }

  @Test
  void whatRanOutIsNotListedAndSwept() {
    IpBan shortly = ban("203.0.113.7", stage.timers.now().plus(Duration.ofHours(1)));
    IpBan forGood = ban("203.0.113.8", null);
    assertThat(list(10).bans()).containsExactlyInAnyOrder(shortly, forGood);

    stage.timers.advance(Duration.ofHours(1));
    assertThat(list(10).bans()).containsExactly(forGood);
    stage.sweep();

    assertThat(stage.count("SELECT count(*) FROM ip_bans")).isEqualTo(1);
  }

  @Test
  void bansAreListedByWhoMadeThem() {
    IpBan own = ban("203.0.113.7", null);
    Actor first = admin;
    admin = moderation.admin();
    ban("203.0.113.8", null);

    assertThat(
            UserStage.await(stage.ipBans().list(new ListIpBans(null, 10, first.userId()))).bans())
        .containsExactly(own);
  }

  @Test
  void thereAreNoMoreThanMayBe() {
    ban("203.0.113.1", null);
    ban("203.0.113.2", null);
    ban("203.0.113.3", null);

    assertThat(ban("203.0.113.4", null)).isNull();
    assertThat(ban("203.0.113.3", null)).isNotNull();

    assertThat(list(10).bans()).hasSize(3);
    assertThat(list(2).next()).isNotNull();
    assertThat(moderation.audited("203.0.113.4")).isEmpty();
  }
}
