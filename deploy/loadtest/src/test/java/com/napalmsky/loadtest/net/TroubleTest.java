package com.napalmsky.loadtest.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TroubleTest {

  static Stream<Arguments> troubles() {
    return Stream.of(
        Arguments.of(
            new IllegalStateException("no channel", new IOException("socket: Too many open files")),
            "the generator has no file descriptors left"),
        Arguments.of(
            new BindException("Cannot assign requested address"),
            "the generator has no local ports left"),
        Arguments.of(new ConnectException("Connection refused: /127.0.0.1:1"), "nothing listens"),
        Arguments.of(new IOException("Connection reset by peer"), "connection reset"),
        Arguments.of(new Trouble("as it is"), "as it is"));
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void whatWentWrongIsSaidInOurWords(Throwable cause, String words) {
    assertThat(Trouble.of(cause)).hasMessageContaining(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:3001", "https://localhost", "http://", "http://no host"})
  void aUrlThatCannotBeUsedIsRefused(String url) {
    assertThatThrownBy(() -> Target.of(url)).isInstanceOf(Trouble.class);
  }
}
