package com.napalmsky.loadtest.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

  private static final Map<Option, String> OWN = Map.of(Option.SECONDS, "30", Option.RATE, "10");

  @Test
  void whatIsNotGivenIsAsUsual() throws Exception {
    Options options = parse();

    assertThat(options.text(Option.URL)).isEqualTo("http://127.0.0.1:3001");
    assertThat(options.count(Option.SECONDS)).isEqualTo(30);
    assertThat(options.on(Option.NO_DEFLATE)).isFalse();
  }

  @Test
  void whatIsGivenReplacesIt() throws Exception {
    Options options = parse("--rate", "0.5", "--no-deflate", "--users", "18000");

    assertThat(options.number(Option.RATE)).isEqualTo(0.5);
    assertThat(options.on(Option.NO_DEFLATE)).isTrue();
    assertThat(options.count(Option.USERS)).isEqualTo(18_000);
  }

  @Test
  void aWrongOptionIsToldWhichOnesThereAre() {
    assertThatThrownBy(() -> parse("--user", "5"))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("no option --user")
        .hasMessageContaining("--users")
        .hasMessageContaining("--rate");
  }

  @Test
  void anOptionOfAnotherScenarioIsNotIgnored() {
    assertThatThrownBy(() -> parse("--slow", "5"))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("test does not take --slow");
  }

  @ParameterizedTest
  @CsvSource({
    "--users,-1",
    "--users,many",
    "--users,1000001",
    "--users,99999999999",
    "--rate,1e3",
    "--rate,NaN"
  })
  void aValueThatIsNoneIsRefused(String option, String value) {
    assertThatThrownBy(() -> parse(option, value))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining(option)
        .hasMessageContaining(value);
  }

  @Test
  void aMissingValueIsNoticed() {
    assertThatThrownBy(() -> parse("--json"))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("--json needs a value");
  }

  @Test
  void aProcessIdMayBeLarge() throws Exception {
    assertThat(parse("--server-pid", "4194304").serverPids()).containsExactly(4_194_304L);
  }

  @Test
  void aServerMayHaveSeveralProcessesOrNone() throws Exception {
    assertThat(parse("--server-pid", "17,18").serverPids()).containsExactly(17L, 18L);
    assertThat(parse().serverPids()).isEmpty();
    assertThatThrownBy(() -> parse("--server-pid", "17,"))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("--server-pid");
  }

  private static Options parse(String... arguments) throws UsageError {
    return Options.parse("test", OWN, List.of(arguments));
  }
}
