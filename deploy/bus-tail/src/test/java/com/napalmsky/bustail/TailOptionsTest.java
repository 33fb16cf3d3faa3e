package com.napalmsky.bustail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TailOptionsTest {

  @Test
  void withoutOptionsItShowsAllThatTheLocalProcessSees() throws Exception {
    TailOptions options = parse();

    assertThat(options.page()).hasToString("http://127.0.0.1:9001/bus");
    assertThat(options.json()).isFalse();
    assertThat(options.lines()).isZero();
  }

  @Test
  void filtersGoToThePage() throws Exception {
    TailOptions options =
        parse(
            "--url",
            "http://10.0.0.1:9002/",
            "--service",
            "user",
            "--service",
            "a&b",
            "--address",
            "presence.v1.connect",
            "--json",
            "--lines",
            "3");

    assertThat(options.page())
        .hasToString(
            "http://10.0.0.1:9002/bus?service=user&service=a%26b&address=presence.v1.connect");
    assertThat(options.json()).isTrue();
    assertThat(options.lines()).isEqualTo(3);
  }

  @Test
  void whatCannotBeUnderstoodIsNamed() {
    assertThatThrownBy(() -> parse("--services", "user")).hasMessageContaining("--services");
    assertThatThrownBy(() -> parse("--service")).hasMessageContaining("needs a value");
    assertThatThrownBy(() -> parse("--url", "localhost")).hasMessageContaining("'localhost'");
    assertThatThrownBy(() -> parse("--lines", "0")).hasMessageContaining("from 1 to");
  }

  private static TailOptions parse(String... arguments) throws UsageError {
    return TailOptions.parse(List.copyOf(Arrays.asList(arguments)));
  }
}
