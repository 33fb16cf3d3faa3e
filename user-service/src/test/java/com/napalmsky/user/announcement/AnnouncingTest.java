package com.napalmsky.user.announcement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.user.Actor;
import com.napalmsky.shared.contract.user.AdminContract.AuditEntry;
import com.napalmsky.shared.contract.user.AdminContract.ListAudit;
import com.napalmsky.shared.contract.user.AnnouncementContract;
import com.napalmsky.shared.contract.user.AnnouncementContract.AllAnnouncements;
import com.napalmsky.shared.contract.user.AnnouncementContract.Announce;
import com.napalmsky.shared.contract.user.AnnouncementContract.Announced;
import com.napalmsky.shared.contract.user.AnnouncementContract.Announcement;
import com.napalmsky.shared.contract.user.AnnouncementContract.AnnouncementMade;
import com.napalmsky.shared.contract.user.AnnouncementContract.AnnouncementState;
import com.napalmsky.shared.contract.user.AnnouncementContract.AnnouncementWithdrawn;
import com.napalmsky.shared.contract.user.AnnouncementContract.KeptAnnouncement;
import com.napalmsky.shared.contract.user.AnnouncementContract.ListAllAnnouncements;
import com.napalmsky.shared.contract.user.AnnouncementContract.ListAnnouncements;
import com.napalmsky.shared.contract.user.AnnouncementContract.Withdraw;
import com.napalmsky.shared.contract.user.Cursor;
import com.napalmsky.user.UserStage;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AnnouncingTest {

  @RegisterExtension static final UserStage stage = new UserStage();

  private Actor root;

  @BeforeEach
  void nothingIsAnnounced() {
    root = new Actor(stage.user("Root"), "192.0.2.9");
    stage.sql("DELETE FROM announcements");
    stage.forgetAnnouncements();
  }

  private Future<Announced> announcing(String text, Duration life) {
    return stage.announcing().announce(new Announce(text, stage.timers.now().plus(life), root));
  }

  private Announcement announce(String text, Duration life) {
    return UserStage.await(announcing(text, life)).announcement();
  }

  private List<Announcement> inForce() {
    return UserStage.await(stage.announcing().list(new ListAnnouncements())).announcements();
  }

  @Test
  void whatIsAnnouncedIsToldListedAndWrittenDownUntilItEnds() {
    Announcement made = announce("Back at eight", Duration.ofHours(1));

    assertThat(stage.announced(AnnouncementMade.class)).containsExactly(new AnnouncementMade(made));
    assertThat(inForce()).containsExactly(made);
    assertThat(audit(made.id()))
        .extracting(AuditEntry::action)
        .containsExactly("announcement.made");

    stage.timers.advance(Duration.ofHours(1));
    assertThat(inForce()).isEmpty();
  }

  @Test
  void itIsStillThereAfterARestart() {
    Announcement made = announce("Still here", Duration.ofHours(1));

    stage.restart();

    assertThat(inForce()).containsExactly(made);
  }

  @Test
  void whatIsWithdrawnDoesNotHoldAnyMore() {
    Announcement made = announce("Oops", Duration.ofHours(1));

    assertThat(withdraw(made.id())).isTrue();
    assertThat(withdraw(made.id())).isFalse();
    assertThat(withdraw(UUID.randomUUID())).isFalse();

    assertThat(inForce()).isEmpty();
    assertThat(stage.announced(AnnouncementWithdrawn.class))
        .contains(new AnnouncementWithdrawn(made.id()));
    assertThat(audit(made.id()))
        .extracting(AuditEntry::action)
        .containsExactly("announcement.withdrawn", "announcement.made");
  }

  @Test
  void adminsSeeAllThereEverWereByStateAndPage() {
    Announcement ended = announce("Over", Duration.ofMinutes(1));
    stage.timers.advance(Duration.ofHours(1));
    Announcement withdrawn = announce("Oops", Duration.ofHours(1));
    assertThat(withdraw(withdrawn.id())).isTrue();
    Announcement running = announce("Now", Duration.ofHours(1));

    assertThat(all(null, null, 200).announcements())
        .containsExactlyInAnyOrder(
            new KeptAnnouncement(running, AnnouncementState.IN_FORCE, root.userId(), null),
            new KeptAnnouncement(
                withdrawn, AnnouncementState.WITHDRAWN, root.userId(), stage.timers.now()),
            new KeptAnnouncement(ended, AnnouncementState.ENDED, root.userId(), null));
    assertThat(all(AnnouncementState.ENDED, null, 200).announcements())
        .extracting(KeptAnnouncement::announcement)
        .containsExactly(ended);
    AllAnnouncements first = all(null, null, 2);
    AllAnnouncements second = all(null, first.next(), 2);
    assertThat(first.announcements())
        .hasSize(2)
        .doesNotContainAnyElementsOf(second.announcements());
    assertThat(second.announcements()).hasSize(1);
    assertThat(second.next()).isNull();
  }

  private static AllAnnouncements all(AnnouncementState state, Cursor before, int limit) {
    return UserStage.await(
        stage.announcing().listAll(new ListAllAnnouncements(state, before, limit)));
  }

  private boolean withdraw(UUID id) {
    return UserStage.await(stage.announcing().withdraw(new Withdraw(id, root))).found();
  }

  private static List<AuditEntry> audit(UUID subject) {
    return UserStage.await(
            stage.audit().list(new ListAudit(null, subject.toString(), null, null, 200, null)))
        .entries();
  }

  @Test
  void ofManyAtOnceNoMoreAreTakenThanMayBe() {
    List<Future<Announced>> many =
        IntStream.range(0, AnnouncementContract.MOST + 5)
            .mapToObj(i -> announcing("Number " + i, Duration.ofHours(1)))
            .toList();
    UserStage.await(Future.join(many));

    assertThat(many.stream().map(one -> one.result().announcement()).filter(Objects::nonNull))
        .hasSize(AnnouncementContract.MOST);
    assertThat(inForce()).hasSize(AnnouncementContract.MOST);
  }

  @Test
  void whatHasNoTextOrNoProperEndIsRefused() {
    for (Future<Announced> wrong :
        List.of(
            announcing(" ", Duration.ofHours(1)),
            announcing("x".repeat(501), Duration.ofHours(1)),
            announcing("x", Duration.ZERO),
            announcing("x", Duration.ofDays(31)))) {
      assertThatThrownBy(() -> UserStage.await(wrong)).isInstanceOf(ServiceFailure.class);
    }
    assertThat(inForce()).isEmpty();
  }
}
