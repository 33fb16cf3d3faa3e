package com.napalmsky.user.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.bus.ServiceFailure.Code;
import com.napalmsky.shared.contract.media.MediaContract.OpenOutcome;
import com.napalmsky.shared.contract.media.MediaContract.UploadEnded;
import com.napalmsky.shared.contract.media.MediaContract.UploadOpened;
import com.napalmsky.shared.contract.media.MediaContract.UploadOutcome;
import com.napalmsky.shared.contract.media.MediaKind;
import com.napalmsky.shared.contract.user.IntroductionContract.Notified;
import com.napalmsky.shared.contract.user.UserContract.AccountChanged;
import com.napalmsky.shared.contract.user.UserContract.SessionEnd;
import com.napalmsky.shared.contract.user.UserContract.SessionsEnded;
import com.napalmsky.shared.runtime.BoundedPipe.Limit;
import com.napalmsky.shared.runtime.BoundedPipe.LimitReached;
import com.napalmsky.user.UserStage;
import com.napalmsky.user.media.content.Pictures;
import com.napalmsky.user.media.content.Videos;
import com.napalmsky.user.media.store.MediaName;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Files on their way into a profile, and what stops them. */
class UploadsTest {

  @RegisterExtension static final UserStage USERS = new UserStage();

  @TempDir Path folder;

  private MediaStage media;
  private UUID ada;

  @BeforeEach
  void start() {
    USERS.sql("DELETE FROM media_files");
    media = new MediaStage(USERS, folder);
    ada = USERS.user("Ada");
  }

  @AfterEach
  void stop() {
    media.close();
  }

  private void restart(String... settings) {
    media.close();
    media = new MediaStage(USERS, folder, settings);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aStoredFileIsInTheProfileAndEverybodyHearsOfIt() {
    UploadEnded selfie = media.upload(ada, MediaKind.SELFIE, Pictures.jpeg(900, 600));
    UploadEnded video = media.upload(ada, MediaKind.VIDEO, Videos.recordedWebm(5));

    assertThat(selfie.outcome()).isEqualTo(UploadOutcome.STORED);
    assertThat(selfie.url()).matches(MediaStage.BASE + "/[A-Za-z0-9_-]{24}\\.jpg");
    assertThat(video.url()).matches(MediaStage.BASE + "/[A-Za-z0-9_-]{24}\\.webm");
    assertThat(media.profile(ada, "selfie_url")).isEqualTo(selfie.url());
    assertThat(media.profile(ada, "video_url")).isEqualTo(video.url());
    assertThat(media.rows()).containsExactly("selfie current", "video current");
    assertThat(media.stored()).hasSize(2);
    assertThat(media.spooled()).isEmpty();
    AccountChanged heard = media.bus.sent(AccountChanged.class).get(1);
    assertThat(heard.person().userId()).isEqualTo(ada);
    assertThat(heard.person().selfieUrl()).isEqualTo(selfie.url());
    assertThat(heard.person().videoUrl()).isEqualTo(video.url());
  }

  @Test
  void whomANewcomerWasIntroducedToIsToldOnceWhenHisProfileIsComplete() {
    UUID ben = USERS.user("Ben");
    USERS.sql(
        "INSERT INTO introductions (introduction_id, target_id, newcomer_id, via_code,"
            + " introduced_at) VALUES (gen_random_uuid(), $1, $2, 'ABCDEFGHIJ', now())",
        ben,
        ada);

    media.upload(ada, MediaKind.VIDEO, Videos.recordedWebm(5));
    assertThat(media.bus.sent(Notified.class)).isEmpty();
    media.upload(ada, MediaKind.SELFIE, Pictures.jpeg(60, 40));
    media.upload(ada, MediaKind.VIDEO, Videos.recordedWebm(6));

    assertThat(media.bus.sent(Notified.class))
        .singleElement()
        .satisfies(
            told -> {
              assertThat(told.notification().forUserId()).isEqualTo(ben);
              assertThat(told.notification().newcomerId()).isEqualTo(ada);
            });
  }

  @Test
  void theReplacedFileIsDeletedAfterTheNewOneIsStored() {
    UploadEnded old = media.upload(ada, MediaKind.SELFIE, Pictures.jpeg(60, 40));
    UploadEnded fresh = media.upload(ada, MediaKind.SELFIE, Pictures.webp(60, 40, 1, 2, 3));

    assertThat(fresh.url()).isNotEqualTo(old.url());
    assertThat(media.profile(ada, "selfie_url")).isEqualTo(fresh.url());
    MediaStage.until("the old file is gone", () -> media.stored().size() == 1);
    MediaStage.until("its row is gone", () -> media.rows().equals(List.of("selfie current")));
    assertThat(fresh.url()).endsWith(media.stored().iterator().next());
  }

  @Test
  void whatIsRefusedLeavesNothingBehindAndTheProfileAsItWas() {
    UploadEnded old = media.upload(ada, MediaKind.SELFIE, Pictures.jpeg(60, 40));

    UploadEnded html = media.upload(ada, MediaKind.SELFIE, text("<html><script>alert(1)</script>"));
    byte[] whole = Videos.mp4(5, 5);
    UploadEnded cut = media.upload(ada, MediaKind.VIDEO, Arrays.copyOf(whole, whole.length - 5));

    assertThat(html.outcome()).isEqualTo(UploadOutcome.WRONG_TYPE);
    assertThat(html.problem()).isEqualTo("must be a JPEG, PNG or WebP picture");
    assertThat(cut.outcome()).isEqualTo(UploadOutcome.UNUSABLE);
    assertThat(media.profile(ada, "selfie_url")).isEqualTo(old.url());
    assertThat(media.profile(ada, "video_url")).isNull();
    assertThat(media.spooled()).isEmpty();
    assertThat(media.stored()).hasSize(1);
    assertThat(media.rows()).containsExactly("selfie current");
    assertThat(media.underWay()).isZero();
  }

  @Test
  void aFileThatGoesOnBeyondItsLimitIsCutOff() {
    Bytes endless = new Bytes(media.context, new byte[1 << 16], 2L << 30, Bytes.End.WHOLE);

    UploadEnded ended = UserStage.await(media.begin(ada, MediaKind.SELFIE, endless));

    assertThat(ended.outcome()).isEqualTo(UploadOutcome.TOO_LARGE);
    assertThat(endless.over()).isFalse();
    assertThat(media.spooled()).isEmpty();
  }

  @Test
  void aClientThatDisconnectsInTheMiddleLeavesNothingBehind() {
    Bytes broken = new Bytes(media.context, new byte[1 << 16], 300_000, Bytes.End.BROKEN);

    assertThatThrownBy(() -> UserStage.await(media.begin(ada, MediaKind.VIDEO, broken)))
        .hasRootCauseInstanceOf(IOException.class);

    assertThat(media.spooled()).isEmpty();
    assertThat(media.rows()).isEmpty();
    assertThat(media.underWay()).isZero();
  }

  @Test
  void anUploadThatStandsStillIsGivenUp() {
    Bytes silent = new Bytes(media.context, new byte[1 << 16], 300_000, Bytes.End.SILENT);
    Future<UploadEnded> upload = media.begin(ada, MediaKind.VIDEO, silent);
    MediaStage.until("all that comes has come", silent::over);

    media.on(
        () -> {
          media.timers.advance(Duration.ofSeconds(21));
          return Future.succeededFuture();
        });

    LimitReached reached = catchThrowableOfType(LimitReached.class, () -> UserStage.await(upload));
    assertThat(reached.limit()).isEqualTo(Limit.SOURCE_TOO_SLOW);
    assertThat(media.spooled()).isEmpty();
    assertThat(media.underWay()).isZero();
  }

  @Test
  void aNewerUploadOfTheSameKindEndsTheOlder() {
    Bytes silent = new Bytes(media.context, new byte[1 << 16], 300_000, Bytes.End.SILENT);
    Future<UploadEnded> older = media.begin(ada, MediaKind.VIDEO, silent);
    MediaStage.until("the older one is on its way", silent::over);

    UploadEnded selfie = media.upload(ada, MediaKind.SELFIE, Pictures.jpeg(60, 40));
    assertThat(older.isComplete()).isFalse();
    UploadEnded newer = media.upload(ada, MediaKind.VIDEO, Videos.recordedWebm(5));

    assertThat(selfie.outcome()).isEqualTo(UploadOutcome.STORED);
    assertThat(newer.outcome()).isEqualTo(UploadOutcome.STORED);
    assertThat(UserStage.await(older).outcome()).isEqualTo(UploadOutcome.DISPLACED);
    assertThat(media.profile(ada, "video_url")).isEqualTo(newer.url());
  }

  @Test
  void whenTheStoreFailsTheProfileStaysAndThePurgeCleansUp() {
    UploadEnded old = media.upload(ada, MediaKind.SELFIE, Pictures.jpeg(60, 40));
    media.store.beforePut = name -> Future.failedFuture(new IOException("the disk is full"));

    assertThatThrownBy(() -> media.upload(ada, MediaKind.SELFIE, Pictures.jpeg(60, 41)))
        .hasRootCauseMessage("the disk is full");

    assertThat(media.profile(ada, "selfie_url")).isEqualTo(old.url());
    assertThat(media.spooled()).isEmpty();
    assertThat(media.rows()).containsExactly("selfie current", "selfie pending");
    media.timers.advance(Duration.ofHours(1));
    media.purged();
    assertThat(media.rows()).containsExactly("selfie current");
    assertThat(media.stored()).hasSize(1);
  }

  @Test
  void aCrashBetweenStoreAndProfileLosesNeitherAndLeavesNothing() {
    UploadEnded old = media.upload(ada, MediaKind.SELFIE, Pictures.jpeg(60, 40));
    // The database does not answer any more once the file is in the store, as after a kill.
    media.store.afterPut = () -> Future.failedFuture(new IOException("killed"));

    assertThatThrownBy(() -> media.upload(ada, MediaKind.SELFIE, Pictures.jpeg(60, 41)))
        .hasRootCauseMessage("killed");
    restart();

    assertThat(media.profile(ada, "selfie_url")).isEqualTo(old.url());
    assertThat(media.stored()).hasSize(2);
    media.purged();
    assertThat(media.stored()).as("it may still be under way elsewhere").hasSize(2);
    media.timers.advance(Duration.ofHours(1));
    assertThat(media.purged()).isEqualTo(1);
    assertThat(media.stored()).hasSize(1);
    assertThat(old.url()).endsWith(media.stored().iterator().next());
  }

  @Test
  void whoDeletesHisAccountMeanwhileLeavesNoFile() {
    media.store.beforePut =
        name -> {
          USERS.sql("DELETE FROM users WHERE user_id = $1", ada);
          return Future.succeededFuture();
        };

    UploadEnded ended = media.upload(ada, MediaKind.SELFIE, Pictures.jpeg(60, 40));

    assertThat(ended.outcome()).isEqualTo(UploadOutcome.USER_GONE);
    assertThat(media.bus.sent(AccountChanged.class)).isEmpty();
    media.purged();
    assertThat(media.stored()).isEmpty();
    assertThat(media.rows()).isEmpty();
  }

  @Test
  void nobodyElseThanAUserGetsATicket() {
    assertThat(media.open(UUID.randomUUID(), MediaKind.SELFIE, 10).outcome())
        .isEqualTo(OpenOutcome.USER_GONE);
  }

  @Test
  void twoUploadsAtTheSameTimeLeaveOneFile() {
    List<Future<UploadEnded>> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      byte[] picture = Pictures.jpeg(60, 40 + i);
      // Past the point where one displaces the other, as on two instances.
      all.add(
          media.begin(
              ada,
              MediaKind.SELFIE,
              new Bytes(media.context, picture, picture.length, Bytes.End.WHOLE)));
    }
    Set<UploadOutcome> outcomes = new HashSet<>();
    for (Future<UploadEnded> one : all) {
      outcomes.add(UserStage.await(one).outcome());
    }

    assertThat(outcomes).isSubsetOf(UploadOutcome.STORED, UploadOutcome.DISPLACED);
    MediaStage.until("one row is left", () -> media.rows().equals(List.of("selfie current")));
    MediaStage.until("one file is left", () -> media.stored().size() == 1);
    assertThat(media.profile(ada, "selfie_url")).endsWith(media.stored().iterator().next());
  }

  @Test
  void whatIsDeclaredTooLargeGetsNoTicket() {
    assertThat(media.open(ada, MediaKind.SELFIE, (10 << 20) + 1).outcome())
        .isEqualTo(OpenOutcome.TOO_LARGE);
    assertThat(media.open(ada, MediaKind.VIDEO, 50 << 20).outcome()).isEqualTo(OpenOutcome.OPENED);
  }

  @Test
  void aTicketIsGoodOnceAndForHalfAMinute() {
    UploadOpened used = media.open(ada, MediaKind.SELFIE, 10);
    UploadOpened late = media.open(ada, MediaKind.VIDEO, 10);

    assertThat(used.listener()).isEqualTo(MediaStage.HERE);
    assertThat(media.use(used.ticket())).isTrue();
    assertThat(media.use(used.ticket())).isFalse();
    assertThat(media.use("invented")).isFalse();
    media.timers.advance(Duration.ofSeconds(30));
    assertThat(media.use(late.ticket())).isFalse();
  }

  @Test
  void noMoreUploadsAreUnderWayThanAllowed() {
    restart("USER_MEDIA_UPLOADS", "2");
    media.open(USERS.user("One"), MediaKind.SELFIE, 10);
    media.open(USERS.user("Two"), MediaKind.SELFIE, 10);

    ServiceFailure failure =
        catchThrowableOfType(ServiceFailure.class, () -> media.open(ada, MediaKind.SELFIE, 10));
    assertThat(failure.code()).isEqualTo(Code.OVERLOADED);

    media.timers.advance(Duration.ofSeconds(30));
    assertThat(media.open(ada, MediaKind.SELFIE, 10).outcome()).isEqualTo(OpenOutcome.OPENED);
  }

  @Test
  void aDiskThatIsNearlyFullTakesNoUploads() {
    restart("USER_MEDIA_RESERVE_MEGABYTES", "1000000");

    ServiceFailure failure =
        catchThrowableOfType(ServiceFailure.class, () -> media.open(ada, MediaKind.SELFIE, 10));

    assertThat(failure.code()).isEqualTo(Code.OVERLOADED);
  }

  @Test
  void aUserUploadsSoOftenInADayAndNoMore() {
    restart("USER_MEDIA_UPLOADS_PER_DAY", "2");
    media.upload(ada, MediaKind.SELFIE, Pictures.jpeg(60, 40));
    media.upload(ada, MediaKind.SELFIE, text("refused, and counted"));

    UploadOpened third = media.open(ada, MediaKind.VIDEO, 10);

    assertThat(third.outcome()).isEqualTo(OpenOutcome.QUOTA_USED_UP);
    assertThat(third.retrySeconds()).isBetween(1L, 86_400L);
    assertThat(media.open(USERS.user("Ben"), MediaKind.VIDEO, 10).outcome())
        .isEqualTo(OpenOutcome.OPENED);
    media.timers.advance(Duration.ofDays(1));
    assertThat(media.open(ada, MediaKind.VIDEO, 10).outcome()).isEqualTo(OpenOutcome.OPENED);
    media.timers.advance(Duration.ofDays(1));
    USERS.sweep();
    assertThat(USERS.count("SELECT count(*) FROM media_usage WHERE user_id = $1", ada))
        .as("what was counted before yesterday is forgotten")
        .isEqualTo(1);
  }

  @Test
  void aUserUploadsSoMuchInADayAndNoMore() {
    restart("USER_MEDIA_MEGABYTES_PER_DAY", "60");

    // Not declared: the most of its kind is reserved, and given back when less came.
    assertThat(media.open(ada, MediaKind.VIDEO, -1).outcome()).isEqualTo(OpenOutcome.OPENED);
    assertThat(media.open(ada, MediaKind.VIDEO, 20 << 20).outcome())
        .isEqualTo(OpenOutcome.QUOTA_USED_UP);
    assertThat(media.open(ada, MediaKind.SELFIE, 1 << 20).outcome()).isEqualTo(OpenOutcome.OPENED);

    UUID ben = USERS.user("Ben");
    byte[] picture = Pictures.jpeg(60, 40);
    media.upload(ben, MediaKind.SELFIE, picture);
    assertThat(USERS.count("SELECT bytes FROM media_usage WHERE user_id = $1", ben))
        .isEqualTo(picture.length);
  }

  @Test
  void theFilesOfADeletedAccountAreGoneAtOnce() {
    media.upload(ada, MediaKind.SELFIE, Pictures.jpeg(60, 40));
    media.upload(ada, MediaKind.VIDEO, Videos.recordedWebm(5));
    UUID ben = USERS.user("Ben");
    UploadEnded kept = media.upload(ben, MediaKind.SELFIE, Pictures.jpeg(60, 40));
    USERS.sql("DELETE FROM users WHERE user_id = $1", ada);

    media.on(
        () -> {
          media.purge.onSessionsEnded(new SessionsEnded(ada, List.of(), SessionEnd.DELETED));
          return Future.succeededFuture();
        });

    MediaStage.until("one file is left", () -> media.stored().size() == 1);
    assertThat(kept.url()).endsWith(media.stored().iterator().next());
    MediaStage.until("one row is left", () -> media.rows().equals(List.of("selfie current")));
  }

  @Test
  void aFileThatCannotBeDeletedKeepsNoOther() {
    media.upload(ada, MediaKind.SELFIE, Pictures.jpeg(60, 40));
    media.upload(ada, MediaKind.VIDEO, Videos.recordedWebm(5));
    media.stored().stream()
        .filter(name -> name.endsWith("jpg"))
        .forEach(name -> media.store.undeletable.add(new MediaName(name)));
    USERS.sql("DELETE FROM users WHERE user_id = $1", ada);

    assertThat(media.purged()).isEqualTo(1);
    assertThat(media.stored()).hasSize(1).allMatch(name -> name.endsWith("jpg"));

    media.store.undeletable.clear();
    assertThat(media.purged()).isEqualTo(1);
    assertThat(media.stored()).isEmpty();
  }

  @Test
  void aPurgeThatNeverEndsHoldsNoStopUp() {
    media.upload(ada, MediaKind.SELFIE, Pictures.jpeg(60, 40));
    media.settled();
    Promise<Void> forgotten = Promise.promise();
    media.store.beforeDelete = name -> forgotten.future();
    USERS.sql("DELETE FROM users WHERE user_id = $1", ada);
    media.on(
        () -> {
          media.purge.soon();
          return Future.succeededFuture();
        });

    Future<Void> stopping = media.on(() -> Future.succeededFuture(media.purge.stop()));
    assertThat(stopping.isComplete()).isFalse();
    media.timers.advance(Purge.LONGEST_STOP);

    assertThat(stopping.succeeded()).isTrue();
    forgotten.complete();
  }

  @Test
  void moreFilesThanOnePortionArePurgedInOneGo() {
    for (int i = 0; i < 250; i++) {
      USERS.sql(
          "INSERT INTO media_files (name, kind, bytes, created_at)"
              + " VALUES ($1, 'selfie', 1, now())",
          String.format("%024d.jpg", i));
    }

    assertThat(media.purged()).isEqualTo(250);
    assertThat(media.rows()).isEmpty();
  }

  @Test
  void profilesFollowWhenTheBaseOfAddressesIsChanged() {
    UploadEnded selfie = media.upload(ada, MediaKind.SELFIE, Pictures.jpeg(60, 40));
    UUID ben = USERS.user("Ben");
    USERS.sql("UPDATE users SET selfie_url = 'https://elsewhere/x.jpg' WHERE user_id = $1", ben);
    USERS.sql("UPDATE users SET selfie_url = 'http://old/' || $2 WHERE user_id = $1", ada, "x.jpg");

    restart();
    media.purged();

    assertThat(media.profile(ada, "selfie_url")).isEqualTo(selfie.url());
    assertThat(media.profile(ben, "selfie_url")).isEqualTo("https://elsewhere/x.jpg");
  }

  @Test
  void whatACrashLeftInTheSpoolIsDeletedByAge() throws IOException {
    Path old = Files.write(folder.resolve("spool/old.part"), new byte[10]);
    Path fresh = Files.write(folder.resolve("spool/fresh.part"), new byte[10]);
    Instant now = media.timers.now();
    setModified(old, now.minus(Duration.ofMinutes(61)));
    setModified(fresh, now.minus(Duration.ofMinutes(59)));

    media.purged();

    assertThat(media.spooled()).containsExactly("fresh.part");
  }

  private static void setModified(Path file, Instant when) throws IOException {
    Path touched = Files.setLastModifiedTime(file, FileTime.from(when));
    assertThat(touched).isEqualTo(file);
  }
}
