package com.napalmsky.user.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.user.Actor;
import com.napalmsky.shared.contract.user.CodeContract.CodeState;
import com.napalmsky.shared.contract.user.CodeContract.CodeType;
import com.napalmsky.shared.contract.user.CodeContract.CodeValidated;
import com.napalmsky.shared.contract.user.CodeContract.CodesListed;
import com.napalmsky.shared.contract.user.CodeContract.DeactivateCode;
import com.napalmsky.shared.contract.user.CodeContract.GenerateCode;
import com.napalmsky.shared.contract.user.CodeContract.ListCodes;
import com.napalmsky.shared.contract.user.CodeContract.ListedCode;
import com.napalmsky.shared.contract.user.CodeContract.ValidateCode;
import com.napalmsky.shared.contract.user.Cursor;
import com.napalmsky.shared.contract.user.UserContract.SignUpOutcome;
import com.napalmsky.user.UserStage;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AdminCodeTest {

  @RegisterExtension static final UserStage stage = new UserStage();

  private UUID admin;
  private Actor actor;

  @BeforeEach
  void anAdministrator() {
    admin = stage.user("Root");
    stage.sql("UPDATE users SET role = 'admin' WHERE user_id = $1", admin);
    actor = new Actor(admin, "192.0.2.7");
  }

  @CanIgnoreReturnValue
  private String generated(String label) {
    stage.timers.advance(Duration.ofSeconds(1));
    return UserStage.await(stage.adminCodes().generate(new GenerateCode(actor, label, null)))
        .code();
  }

  @CanIgnoreReturnValue
  private boolean deactivated(String code) {
    return UserStage.await(stage.adminCodes().deactivate(new DeactivateCode(actor, code))).found();
  }

  private static CodesListed listed(Instant before, int limit) {
    return UserStage.await(stage.adminCodes().list(new ListCodes(before, limit, null, null, null)));
  }

  private static CodeValidated validated(String code) {
    return UserStage.await(stage.redemptions().validate(new ValidateCode(code)));
  }

  private static List<Row> audit(String code) {
    return stage.sql("SELECT * FROM audit_log WHERE subject = $1 ORDER BY entry_id", code);
  }

  @Test
  void anAdministratorsCodeLetsInAsManyAsCome() {
    String code = generated("Poster in the library");

    for (int i = 0; i < 6; i++) {
      assertThat(stage.signUp("Guest", null, code).outcome()).isEqualTo(SignUpOutcome.SIGNED_UP);
    }

    assertThat(validated(code))
        .isEqualTo(
            new CodeValidated(CodeState.USABLE, CodeType.ADMIN, -1, "Poster in the library"));
    assertThat(listed(null, 1).codes())
        .containsExactly(
            new ListedCode(
                code,
                CodeType.ADMIN,
                "Poster in the library",
                stage.timers.now(),
                -1,
                -1,
                6,
                true,
                null));
    assertThat(stage.count("SELECT count(*) FROM code_uses WHERE code = $1", code)).isEqualTo(6);
  }

  @Test
  void aCodeThatHasExpiredLetsNobodyInAndIsNoLongerActive() {
    Instant end = stage.timers.now().plus(Duration.ofHours(1));
    String code =
        UserStage.await(stage.adminCodes().generate(new GenerateCode(actor, "Fair", end))).code();
    assertThat(stage.signUp("Early", null, code).outcome()).isEqualTo(SignUpOutcome.SIGNED_UP);
    assertThat(all(CodeType.ADMIN, true)).contains(code);

    stage.timers.advance(Duration.ofHours(1));

    assertThat(validated(code).state()).isEqualTo(CodeState.INACTIVE);
    assertThat(stage.signUp("Late", null, code).outcome()).isNotEqualTo(SignUpOutcome.SIGNED_UP);
    assertThat(all(CodeType.ADMIN, true)).doesNotContain(code);
    assertThat(all(CodeType.ADMIN, false)).contains(code);
    assertThat(audit(code).get(0).getJsonObject("details").getString("expiresAt"))
        .isEqualTo(end.toString());
  }

  @Test
  void aCodeCannotHaveExpiredBeforeItIsMade() {
    assertThatThrownBy(
            () ->
                UserStage.await(
                    stage
                        .adminCodes()
                        .generate(new GenerateCode(actor, "Late", stage.timers.now()))))
        .isInstanceOf(ServiceFailure.class);
  }

  @Test
  void withoutALabelItIsCalledAfterItsMaker() {
    assertThat(validated(generated(null)).createdBy()).isEqualTo("Root");
  }

  @Test
  void codesAreOfTheAlphabetAndNeverTheSame() {
    List<String> codes = java.util.stream.Stream.generate(() -> generated(null)).limit(50).toList();

    assertThat(codes).doesNotHaveDuplicates().allMatch(code -> code.matches("[A-Z0-9]{16}"));
  }

  @Test
  void eachLetterIsAsLikelyAsAnyOther() {
    CodeWords words = new CodeWords();
    int[] counts = new int[128];
    for (int i = 0; i < 9000; i++) {
      words.next().chars().forEach(letter -> counts[letter]++);
    }

    // 144,000 draws, 4,000 for each of 36; a letter that a modulo of 256 prefers would have 4,500.
    assertThat("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".chars().map(letter -> counts[letter]).boxed())
        .allMatch(count -> count > 3600 && count < 4400);
  }

  @Test
  void aLabelThatCannotBeOneIsRefused() {
    for (String label : new String[] {"", "  ", "x".repeat(101), "a\0b"}) {
      assertThatThrownBy(() -> generated(label))
          .isInstanceOfSatisfying(
              ServiceFailure.class,
              failure -> assertThat(failure.code()).isEqualTo(ServiceFailure.Code.INVALID_REQUEST));
    }
  }

  @Test
  void nobodyMakesACodeForAnAccountThatIsGone() {
    long before = stage.count("SELECT count(*) FROM invite_codes");

    assertThat(
            UserStage.await(
                    stage
                        .adminCodes()
                        .generate(
                            new GenerateCode(new Actor(UUID.randomUUID(), "192.0.2.7"), "x", null)))
                .code())
        .isNull();

    assertThat(stage.count("SELECT count(*) FROM invite_codes")).isEqualTo(before);
  }

  @Test
  void allCodesAreListedNewestFirstPageByPage() {
    String first = generated("1");
    String second = generated("2");
    String third = generated("3");

    CodesListed page = listed(null, 2);
    CodesListed rest = listed(page.codes().get(1).createdAt(), 1);

    assertThat(page.codes()).extracting(ListedCode::code).containsExactly(third, second);
    assertThat(rest.codes()).extracting(ListedCode::code).containsExactly(first);
    assertThat(page.total()).isEqualTo(stage.count("SELECT count(*) FROM invite_codes"));
    assertThat(listed(null, 0).codes()).hasSize(1);
    assertThat(listed(null, Integer.MAX_VALUE).codes()).hasSizeLessThanOrEqualTo(1000);
  }

  @Test
  void codesOfOneInstantAreNeitherRepeatedNorLeftOutAndFilteredByTypeAndState() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.add(
          UserStage.await(stage.adminCodes().generate(new GenerateCode(actor, "At once", null)))
              .code());
    }
    deactivated(made.get(0));

    assertThat(all(null, null)).containsAll(made).doesNotHaveDuplicates();
    assertThat(all(CodeType.ADMIN, true))
        .containsAll(made.subList(1, 5))
        .doesNotContain(made.get(0));
    assertThat(all(CodeType.ADMIN, false)).contains(made.get(0)).doesNotContain(made.get(1));
    assertThat(all(CodeType.USER, null)).doesNotContainAnyElementsOf(made);
  }

  /** All of them, in pages of two. */
  private static List<String> all(CodeType type, Boolean active) {
    List<String> all = new ArrayList<>();
    Cursor next = null;
    do {
      Instant before = next == null ? null : next.at();
      UUID beforeId = next == null ? null : next.id();
      CodesListed page =
          UserStage.await(
              stage.adminCodes().list(new ListCodes(before, 2, beforeId, type, active)));
      page.codes().forEach(code -> all.add(code.code()));
      next = page.next();
    } while (next != null);
    return all;
  }

  @Test
  void aDeactivatedCodeLetsNobodyInAlsoAfterARestart() {
    String code = generated("Gone");

    assertThat(deactivated(code)).isTrue();
    stage.restart();

    assertThat(validated(code).state()).isEqualTo(CodeState.INACTIVE);
    assertThat(stage.signUp("Guest", null, code).outcome()).isEqualTo(SignUpOutcome.CODE_REFUSED);
    assertThat(listed(null, 1).codes().get(0).active()).isFalse();
  }

  @Test
  void whatIsDoneIsNotedOnce() {
    String code = generated("Noted");
    deactivated(code);
    Instant when = stage.timers.now();
    stage.timers.advance(Duration.ofHours(1));

    assertThat(deactivated(code)).as("again").isTrue();

    assertThat(audit(code))
        .extracting(row -> row.getString("action"))
        .containsExactly("code.generated", "code.deactivated");
    assertThat(audit(code)).allMatch(row -> row.getUUID("actor_id").equals(admin));
    assertThat(audit(code).get(1).getOffsetDateTime("at").toInstant()).isEqualTo(when);
  }

  @Test
  void aCodeThatDoesNotExistIsNotFound() {
    assertThat(deactivated("NOTTHERENOTTHERE")).isFalse();
    assertThat(deactivated("\0")).isFalse();
  }
}
