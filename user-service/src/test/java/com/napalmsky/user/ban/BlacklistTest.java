package com.napalmsky.user.ban;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.contract.user.Actor;
import com.napalmsky.shared.contract.user.BanContract.Blacklist;
import com.napalmsky.shared.contract.user.BanContract.BlacklistEntry;
import com.napalmsky.shared.contract.user.BanContract.Decision;
import com.napalmsky.shared.contract.user.BanContract.ListBlacklist;
import com.napalmsky.shared.contract.user.Cursor;
import com.napalmsky.user.ModerationStage;
import com.napalmsky.user.OtherServices;
import com.napalmsky.user.UserStage;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BlacklistTest {

  @RegisterExtension static final UserStage discreet = new UserStage();

  @RegisterExtension
  static final UserStage showing = new UserStage("BLACKLIST_SHOWS_MEDIA", "true");

  @BeforeEach
  void nobodyIsInACall() {
    OtherServices.empty(discreet);
    OtherServices.empty(showing);
  }

  private static Blacklist list(UserStage stage, Cursor before, int limit) {
    return UserStage.await(stage.banInquiries().blacklist(new ListBlacklist(before, limit)));
  }

  @CanIgnoreReturnValue
  private static UUID confirmed(UserStage stage, String name) {
    ModerationStage moderation = new ModerationStage(stage);
    UUID user = moderation.banned(name);
    stage.sql(
        "UPDATE users SET selfie_url = 'selfie', video_url = 'video' WHERE user_id = $1", user);
    moderation.review(user, Decision.PERMANENT, null, moderation.admin());
    return user;
  }

  @Test
  void onlyWhatAnAdminHasConfirmedForGoodIsPublic() {
    ModerationStage moderation = new ModerationStage(discreet);
    Actor admin = moderation.admin();
    moderation.banned("Pending");
    moderation.review(moderation.banned("Vindicated"), Decision.VINDICATED, null, admin);
    moderation.review(
        moderation.banned("For a day"),
        Decision.TEMPORARY,
        discreet.timers.now().plus(Duration.ofDays(1)),
        admin);
    confirmed(discreet, "First");
    discreet.timers.advance(Duration.ofSeconds(1));
    confirmed(discreet, "Second");
    UUID lifted = confirmed(discreet, "Lifted");
    moderation.lift(lifted, admin);

    Blacklist page = list(discreet, null, 1);
    Blacklist next = list(discreet, page.next(), 10);

    assertThat(page.entries()).extracting(BlacklistEntry::name).containsExactly("Second");
    assertThat(page.updatedAt()).isEqualTo(discreet.timers.now());
    assertThat(next.entries()).extracting(BlacklistEntry::name).containsExactly("First");
    assertThat(next.next()).isNull();
    assertThat(page.entries().get(0).selfieUrl()).isNull();
    assertThat(page.entries().get(0).videoUrl()).isNull();
    assertThat(page.entries().get(0).reportCount()).isEqualTo(4);
  }

  @Test
  void picturesAreShownOnlyWhereThatIsAskedFor() {
    confirmed(showing, "Ben");

    assertThat(list(showing, null, 10).entries())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.selfieUrl()).isEqualTo("selfie");
              assertThat(entry.videoUrl()).isEqualTo("video");
            });
  }
}
