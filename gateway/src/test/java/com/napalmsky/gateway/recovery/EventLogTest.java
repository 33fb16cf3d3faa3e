package com.napalmsky.gateway.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.gateway.recovery.EventLog.Kept;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLogTest {

  private static final String SID = "abcdefghijklmnopqrstuv";

  private final Budget budget = new Budget(10_000);
  private final EventLog log = log(SID, 5, 2_000);

  private EventLog log(String sid, int events, int bytes) {
    return new EventLog(
        new RecoveryConfig(Duration.ofSeconds(15), events, bytes, 10, 10_000), budget, sid);
  }

  private static List<String> names(List<Kept> kept) {
    return kept.stream().map(Kept::event).toList();
  }

  @CanIgnoreReturnValue
  private static String add(EventLog log, String event, String payload) {
    return log.add(event, payload);
  }

  @Test
  void whoHasHadNothingGetsEverythingInOrderWithTheSameOffsets() {
    String first = add(log, "one", "{}");
    String second = add(log, "two", null);

    assertThat(log.resume(null))
        .containsExactly(new Kept("one", "{}", first), new Kept("two", null, second));
  }

  @Test
  void whoHasHadSomeGetsTheRestAndOnlyThatStaysKept() {
    add(log, "one", null);
    String second = add(log, "two", null);
    add(log, "three", null);

    assertThat(names(log.resume(second))).containsExactly("three");
    assertThat(log.size()).isEqualTo(1);
    assertThat(names(log.resume(second))).containsExactly("three");
    assertThat(log.resume(null)).isNull();
  }

  @Test
  void whoHasHadEverythingGetsNothingMore() {
    String last = add(log, "one", null);

    assertThat(log.resume(last)).isEmpty();
  }

  @Test
  void aPingThatWasAnsweredProvesWhatWasSentBeforeIt() {
    add(log, "before", null);
    log.pinged();
    String between = add(log, "after", null);

    log.answered();

    assertThat(log.size()).isEqualTo(1);
    assertThat(log.resume(between)).isEmpty();
  }

  @Test
  void anAnswerToAPingBeforeTheFirstEventProvesNothing() {
    add(log, "one", null);

    log.answered();

    assertThat(names(log.resume(null))).containsExactly("one");
  }

  @Test
  void aPingOnTheConnectionBeforeProvesNothingOnTheNextOne() {
    String first = add(log, "one", null);
    add(log, "two", null);
    log.pinged();
    assertThat(log.resume(first)).hasSize(1);

    log.answered();

    assertThat(names(log.resume(first))).containsExactly("two");
  }

  @Test
  void theOldestGoFirstAndWhoNeedsThemGetsNothing() {
    String first = add(log, "1", null);
    String second = add(log, "2", null);
    for (int i = 3; i <= 7; i++) {
      add(log, String.valueOf(i), null);
    }

    assertThat(log.size()).isEqualTo(5);
    assertThat(log.resume(null)).isNull();
    assertThat(log.resume(first)).isNull();
    assertThat(names(log.resume(second))).containsExactly("3", "4", "5", "6", "7");
  }

  @Test
  void bytesAreBoundedAsWell() {
    String first = add(log, "1", "x".repeat(900));
    add(log, "2", "x".repeat(900));
    add(log, "3", "x".repeat(900));

    assertThat(budget.used()).isLessThanOrEqualTo(2_000).isGreaterThan(1_800);
    assertThat(log.resume(null) == null).isTrue();
    assertThat(names(log.resume(first))).containsExactly("2", "3");
  }

  @Test
  void textThatIsNotLatinCountsTwice() {
    EventLog other = log("0123456789", 5, 2_000);

    add(log, "1", "x".repeat(500));
    long latin = budget.used();
    add(other, "1", "😀".repeat(250));

    assertThat(budget.used() - latin).isEqualTo(latin + 500);
  }

  @Test
  void anEventThatIsTooLargeIsNotKeptButCounted() {
    String small = add(log, "small", null);
    String large = add(log, "large", "x".repeat(3_000));
    add(log, "next", null);

    assertThat(log.resume(small)).isNull();
    assertThat(names(log.resume(large))).containsExactly("next");
  }

  @Test
  void aLogThatFindsNoRoomInTheProcessGivesBackWhatItHolds() {
    EventLog greedy = log("0123456789", 5, 10_000);
    add(greedy, "fills everything", "x".repeat(9_900));
    String first = add(log, "no room", null);

    assertThat(log.size()).isZero();
    assertThat(log.resume(null)).isNull();
    assertThat(log.resume(first)).isEmpty();
    greedy.clear();
    assertThat(budget.used()).isZero();
    add(log, "room again", null);
    assertThat(names(log.resume(first))).containsExactly("room again");
  }

  @Test
  void whatIsOfNoSessionOfOursIsNotTakenForAnything() {
    add(log, "one", null);

    for (String strange :
        List.of(
            "auth:failed",
            "",
            "abcdefgh",
            "abcdefgh.",
            "abcdefgh.x",
            "abcdefgh.-1",
            "abcdefgh.2",
            "abcdefgh.99999999999999999999999",
            "abc.1")) {
      assertThat(log.resume(strange)).as(strange).isNull();
    }
  }

  @Test
  void theOffsetOfAnEarlierSessionMeansThatNothingOfThisOneArrived() {
    String old = log("ABCDEFGHIJ", 5, 2_000).add("old", null);
    add(log, "one", null);

    assertThat(names(log.resume(old))).containsExactly("one");
  }
}
