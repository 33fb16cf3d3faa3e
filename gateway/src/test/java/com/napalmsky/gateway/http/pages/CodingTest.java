package com.napalmsky.gateway.http.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodingTest {

  private static final Set<Coding> ALL = EnumSet.allOf(Coding.class);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                | IDENTITY",
        "gzip, deflate, br, zstd           | BROTLI",
        "gzip, deflate                     | GZIP",
        "X-GZIP                            | GZIP",
        "deflate                           | IDENTITY",
        "BR;Q=1.0                          | BROTLI",
        "br;q=0.5, gzip;q=0.8              | GZIP",
        "br;q=0, gzip                      | GZIP",
        "br;q=0, gzip;q=0                  | IDENTITY",
        "*                                 | BROTLI",
        "*, br;q=0                         | GZIP",
        "*;q=0                             | IDENTITY",
        "gzip;q=0.2, *;q=0.5               | BROTLI",
        "identity                          | IDENTITY",
        "identity;q=0.5, gzip;q=0.2        | IDENTITY",
        "identity;q=0.2, gzip;q=0.5        | GZIP",
        "identity;q=0                      | IDENTITY",
        "gzip;q=many, br;q=2               | IDENTITY",
        ";;,,q=1                           | IDENTITY",
        "gzip ; q = 0.001                  | GZIP",
      })
  void theClientGetsWhatItWantsMost(String header, Coding expected) {
    assertThat(Coding.pick(header, ALL)).isEqualTo(expected);
  }

  @Test
  void whatIsNotOfferedIsNotPicked() {
    assertThat(Coding.pick("br, gzip;q=0.1", EnumSet.of(Coding.GZIP, Coding.IDENTITY)))
        .isEqualTo(Coding.GZIP);
    assertThat(Coding.pick("br, gzip", EnumSet.of(Coding.IDENTITY))).isEqualTo(Coding.IDENTITY);
  }

  @Test
  void aHeaderWithoutEndIsReadToItsBound() {
    assertThat(Coding.pick("x,".repeat(4_000) + "gzip", ALL)).isEqualTo(Coding.IDENTITY);
  }
}
