package com.napalmsky.user.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StripeSignatureTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.900Z");
  private static final String BODY = "{\n  \"id\": \"evt_1\",\n  \"é\": 1\n}";

  private static boolean valid(String header) {
    return valid(header, BODY);
  }

  private static boolean valid(String header, String body) {
    return StripeSignature.isValid(
        header, body.getBytes(StandardCharsets.UTF_8), StripeStandIn.SECRET, NOW);
  }

  private static String signed(Instant at) {
    return StripeStandIn.signature(BODY, at);
  }

  @Test
  void aHashThatAnotherProgramComputedIsRight() {
    // printf '1614556800.{}' | openssl dgst -sha256 -hmac whsec_test
    String hash = "6bd5ebbc9cbce4fe6d9c728ba6c962ae7ec5510179f82646471f20bba89e7ffd";
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    Instant then = Instant.ofEpochSecond(1614556800);

    assertThat(StripeSignature.isValid("t=1614556800,v1=" + hash, body, "whsec_test", then))
        .isTrue();
  }

  @Test
  void whatStripeSignedAMomentAgoIsValid() {
    assertThat(valid(signed(NOW))).isTrue();
  }

  @Test
  void theClocksMayDifferByFiveMinutesInEitherDirection() {
    Duration five = Duration.ofSeconds(300);
    Duration more = Duration.ofSeconds(301);

    assertThat(valid(signed(NOW.minus(five)))).isTrue();
    assertThat(valid(signed(NOW.plus(five)))).isTrue();
    assertThat(valid(signed(NOW.minus(more)))).isFalse();
    assertThat(valid(signed(NOW.plus(more)))).isFalse();
  }

  @Test
  void oneRightSignatureAmongSeveralIsEnough() {
    String time = "t=" + NOW.getEpochSecond();
    String right = ",v1=" + StripeStandIn.hash(BODY, NOW, StripeStandIn.SECRET);
    String old = ",v1=" + StripeStandIn.hash(BODY, NOW, "whsec_replaced");

    assertThat(valid(time + old + right)).isTrue();
    assertThat(valid(time + right + old)).isTrue();
    assertThat(valid(time + old + old)).isFalse();
  }

  @Test
  void aTimeThatWasNotSignedIsNoHelp() {
    Instant old = NOW.minus(Duration.ofHours(1));
    String hash = StripeStandIn.hash(BODY, old, StripeStandIn.SECRET);

    assertThat(valid("t=" + NOW.getEpochSecond() + ",v1=" + hash)).isFalse();
    assertThat(valid("t=" + old.getEpochSecond() + ",v1=" + hash)).isFalse();
    assertThat(valid("t=" + old.getEpochSecond() + ",v1=" + hash + ",t=" + NOW.getEpochSecond()))
        .isFalse();
  }

  @Test
  void aChangedByteIsNoticed() {
    assertThat(valid(signed(NOW), BODY.replace("evt_1", "evt_2"))).isFalse();
    assertThat(valid(signed(NOW), BODY.replace("\n", ""))).isFalse();
    assertThat(valid(signed(NOW), BODY + " ")).isFalse();
  }

  @Test
  void onlyTheFirstSchemeCounts() {
    String hash = StripeStandIn.hash(BODY, NOW, StripeStandIn.SECRET);

    assertThat(valid("t=" + NOW.getEpochSecond() + ",v0=" + hash)).isFalse();
    assertThat(valid("t=" + NOW.getEpochSecond() + ",v2=" + hash)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "=",
        "t",
        "t=",
        "t=,v1=",
        "v1=00",
        "t=1772366400",
        "t=soon,v1=00",
        "t=1772366400,v1=zz",
        "t=1772366400,v1=0",
        "t=9223372036854775807,v1=00",
        "t=-9223372036854775808,v1=00",
        "t=99999999999999999999,v1=00",
        "\0"
      })
  void whatIsNoSignatureIsNotValid(String header) {
    assertThat(valid(header)).isFalse();
  }
}
