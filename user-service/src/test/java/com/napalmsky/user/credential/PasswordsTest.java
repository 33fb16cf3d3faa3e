package com.napalmsky.user.credential;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.user.UserStage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PasswordsTest {

  // Computed by another implementation (libxcrypt), all with the same salt.
  private static final String OF_80_LETTERS =
      "$2b$04$abcdefghijklmnopqrstuuBzzIgyKkz7xMWYSzkIjUSnxEQFQ0WNe";
  private static final String OF_71_LETTERS =
      "$2b$04$abcdefghijklmnopqrstuuMCu.k1vM/ywQwiONaEn3oEMlZoCVBd6";
  private static final String OF_CORRECT_HORSE =
      "$2a$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e";

  private final Vertx vertx = Vertx.vertx();
  private final SecureRandom random = new SecureRandom();

  @AfterEach
  void close() {
    UserStage.await(vertx.close());
  }

  @Test
  void hashesOfOthersAreValid() {
    assertThat(Bcrypt.matches("correct horse", OF_CORRECT_HORSE)).isTrue();
    assertThat(Bcrypt.matches("correct horse", OF_CORRECT_HORSE.replace("$2a$", "$2b$"))).isTrue();
    assertThat(Bcrypt.matches("correct horses", OF_CORRECT_HORSE)).isFalse();
  }

  @Test
  void ofALongPasswordTheFirst72BytesCountAsEverywhere() {
    assertThat(Bcrypt.matches("a".repeat(80), OF_80_LETTERS)).isTrue();
    assertThat(Bcrypt.matches("a".repeat(72), OF_80_LETTERS)).isTrue();
    assertThat(Bcrypt.matches("a".repeat(71), OF_80_LETTERS)).isFalse();
    assertThat(Bcrypt.matches("a".repeat(71), OF_71_LETTERS)).isTrue();
    assertThat(Bcrypt.matches("a".repeat(72), OF_71_LETTERS)).isFalse();
    String hash = Bcrypt.hash("\u00e4".repeat(128), 4, random);
    assertThat(Bcrypt.matches("\u00e4".repeat(128), hash)).isTrue();
    assertThat(Bcrypt.matches("\u00e4".repeat(35), hash)).isFalse();
  }

  @Test
  void whatIsNoHashMatchesNothing() {
    for (String hash : List.of("", "secret", "$2b$04$short", "$1$abc$def", "\u00e4")) {
      assertThat(Bcrypt.matches("secret", hash)).as(hash).isFalse();
    }
  }

  @Test
  void nobodyHasAPassword() {
    Passwords passwords = Passwords.on(vertx, new PasswordRules(1, 10, 4));

    assertThat(UserStage.await(passwords.matches("anything", null))).isFalse();
    assertThat(UserStage.await(passwords.hash("anything"))).startsWith("$2b$04$").hasSize(60);
  }

  @Test
  void comparingWithNobodyCostsAsMuchAsComparingWithSomebody() {
    Passwords passwords = Passwords.on(vertx, new PasswordRules(1, 10, 10));
    String hash = UserStage.await(passwords.hash("right password"));

    long somebody = fastest(() -> passwords.matches("wrong password", hash));
    long nobody = fastest(() -> passwords.matches("wrong password", null));

    // A comparison that was skipped would be a thousand times faster.
    assertThat(nobody).isBetween(somebody / 4, somebody * 4);
  }

  private static long fastest(java.util.function.Supplier<Future<Boolean>> comparison) {
    return IntStream.range(0, 5)
        .mapToLong(
            i -> {
              long begun = System.nanoTime();
              UserStage.await(comparison.get());
              return System.nanoTime() - begun;
            })
        .min()
        .getAsLong();
  }

  @Test
  void moreThanMayWaitAreRefusedAndTheRestIsDone() {
    Passwords passwords = Passwords.on(vertx, new PasswordRules(1, 2, 8));

    List<Future<String>> asked =
        IntStream.range(0, 10).mapToObj(i -> passwords.hash("password " + i)).toList();
    UserStage.await(Future.join(asked).otherwiseEmpty());

    assertThat(asked).filteredOn(Future::succeeded).hasSizeGreaterThanOrEqualTo(3);
    assertThat(asked)
        .filteredOn(Future::failed)
        .isNotEmpty()
        .allSatisfy(
            refused ->
                assertThat(((ServiceFailure) refused.cause()).code())
                    .isEqualTo(ServiceFailure.Code.OVERLOADED));
    assertThat(passwords.pending()).isZero();
    assertThat(UserStage.await(passwords.hash("later"))).hasSize(60);
  }
}
