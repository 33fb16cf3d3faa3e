package com.napalmsky.user.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.contract.user.Gender;
import com.napalmsky.shared.contract.user.Person;
import com.napalmsky.shared.contract.user.UserContract.Account;
import com.napalmsky.shared.contract.user.UserContract.FindPerson;
import com.napalmsky.shared.contract.user.UserContract.GetAccount;
import com.napalmsky.shared.contract.user.UserContract.SaveSocials;
import com.napalmsky.user.UserStage;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ProfilesTest {

  @RegisterExtension static final UserStage stage = new UserStage();

  @Test
  void anAccountIsWhatWasSignedUp() {
    UUID ada = stage.user("Ada");

    Account account = UserStage.await(stage.profiles().get(new GetAccount(ada))).account();

    assertThat(account.person()).isEqualTo(new Person(ada, "Ada", Gender.UNSPECIFIED, null, null));
    assertThat(account.permanent()).isFalse();
    assertThat(account.email()).isNull();
    assertThat(account.createdAt()).isEqualTo(stage.timers.now());
    assertThat(account.metrics().lastSessions()).isEmpty();
    assertThat(account.streakDays()).isNull();
  }

  @Test
  void ofSocialsOnlyKnownKeysAndShortValuesAreKept() {
    UUID ada = stage.user("Ada");
    Map<String, String> offered = new HashMap<>();
    offered.put("instagram", " ada ");
    offered.put("tiktok", "x".repeat(64));
    offered.put("twitter", "x".repeat(65));
    offered.put("snapchat", "a\0b");
    offered.put("discord", " ");
    offered.put("myspace", "ada");

    Account saved = UserStage.await(stage.profiles().save(new SaveSocials(ada, offered))).account();

    assertThat(saved.socials())
        .containsExactlyInAnyOrderEntriesOf(Map.of("instagram", "ada", "tiktok", "x".repeat(64)));
    assertThat(UserStage.await(stage.profiles().get(new GetAccount(ada))).account())
        .isEqualTo(saved);
  }

  @Test
  void nobodyIsFoundAsNull() {
    UUID nobody = UUID.randomUUID();

    assertThat(UserStage.await(stage.profiles().get(new GetAccount(nobody))).account()).isNull();
    assertThat(UserStage.await(stage.profiles().find(new FindPerson(nobody))).person()).isNull();
    assertThat(UserStage.await(stage.profiles().save(new SaveSocials(nobody, Map.of()))).account())
        .isNull();
    UUID ada = stage.user("Ada");
    assertThat(UserStage.await(stage.profiles().find(new FindPerson(ada))).person().name())
        .isEqualTo("Ada");
  }
}
