package com.napalmsky.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.gateway.admission.Doors.Turned;
import com.napalmsky.gateway.engineio.Admission.Refusal;
import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.ManualTimers;
import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.shared.runtime.memory.TestMemory;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DoorsTest {

  private static final int NO_PACE = 0;

  private final ManualTimers timers = new ManualTimers();
  private final TestMemory memory = new TestMemory();

  @Test
  void theLastPlacesAreKeptAndBeyondThemNobodyIsLetIn() {
    Doors doors = doors(3, 2, 0, NO_PACE, 1);

    letIn(doors, 3);
    assertThat(doors.full()).isFalse();
    letIn(doors, 2);
    assertThat(doors.full()).isTrue();
    Refusal refusal = doors.admit("192.0.2.9");

    assertThat(refusal).isNotNull();
    assertThat(refusal.message()).contains("full");
    assertThat(refusal.retryAfterSeconds()).isBetween(1, 5);
    assertThat(doors.turned(Turned.FULL)).isEqualTo(1);
    assertThat(doors.sockets()).isEqualTo(5);
  }

  @Test
  void aPlaceGivenBackIsThereForTheNext() {
    Doors doors = doors(1, 0, 0, NO_PACE, 1);
    letIn(doors, 1);

    doors.released("192.0.2.1", false);

    assertThat(doors.admit("192.0.2.2")).isNull();
  }

  @Test
  void whenMemoryIsShortOnlyThoseComeInWhoMayReturnToACall() {
    Doors doors = doors(100, 2, 0, NO_PACE, 1);
    letIn(doors, 5);
    for (int i = 0; i < 5; i++) {
      doors.identified("192.0.2.1");
    }
    assertThat(doors.full()).isFalse();

    memory.use(0.9);
    assertThat(doors.full()).isTrue();
    letIn(doors, 2);
    Refusal refusal = doors.admit("192.0.2.1");
    assertThat(refusal).isNotNull();
    assertThat(refusal.retryAfterSeconds()).isBetween(1, 5);
    assertThat(doors.turned(Turned.SHORT_OF_MEMORY)).isEqualTo(1);
    assertThat(doors.sockets()).isEqualTo(7);
    doors.released("192.0.2.1", false);
    letIn(doors, 1);

    memory.use(0.76);
    assertThat(doors.full()).isTrue();
    memory.use(0.74);
    assertThat(doors.full()).isFalse();
    letIn(doors, 10);
  }

  @Test
  void strangersOfOneAddressAreCappedUntilTheySignIn() {
    Doors doors = doors(100, 0, 2, NO_PACE, 1);
    assertThat(doors.admit("192.0.2.1")).isNull();
    assertThat(doors.admit("192.0.2.1")).isNull();

    assertThat(doors.admit("192.0.2.1")).isNotNull();
    assertThat(doors.admit("192.0.2.2")).isNull();
    doors.identified("192.0.2.1");
    assertThat(doors.admit("192.0.2.1")).isNull();

    assertThat(doors.turned(Turned.TOO_MANY_STRANGERS)).isEqualTo(1);
  }

  @Test
  void hostsOfOneIpv6NetworkAreOneAddress() {
    Doors doors = doors(100, 0, 1, NO_PACE, 1);
    assertThat(doors.admit("2001:db8::1")).isNull();

    assertThat(doors.admit("2001:db8::2")).isNotNull();
    assertThat(doors.admit("2001:db8:0:1::1")).isNull();
  }

  @Test
  void nothingIsRememberedOfWhoIsGone() {
    Doors doors = doors(100, 0, 5, NO_PACE, 1);
    assertThat(doors.admit("192.0.2.1")).isNull();
    assertThat(doors.admit("192.0.2.2")).isNull();

    doors.released("192.0.2.1", false);
    doors.identified("192.0.2.2");
    doors.released("192.0.2.2", true);

    assertThat(doors.addresses()).isZero();
    assertThat(doors.sockets()).isZero();
  }

  @Test
  void aStormIsLetInAtASteadyPace() {
    Doors doors = doors(10_000, 0, 0, 100, 50);
    int admitted = 0;

    for (int tenth = 0; tenth < 20; tenth++) {
      for (int i = 0; i < 200; i++) {
        admitted += doors.admit("192.0.2." + i) == null ? 1 : 0;
      }
      timers.advance(Duration.ofMillis(100));
    }

    assertThat(admitted).isBetween(230, 250);
    assertThat(doors.sockets()).isEqualTo(admitted);
    assertThat(doors.turned(Turned.TOO_FAST)).isEqualTo(4_000 - admitted);
    assertThat(doors.addresses()).isZero();
  }

  @Test
  void theProfileSetsTheSizeAndTheFilesBoundIt() {
    assertThat(AdmissionConfig.from(new Settings(Map.of()), 20_000).sockets()).isEqualTo(8_000);
    assertThat(
            AdmissionConfig.from(new Settings(Map.of("GATEWAY_PROFILE", "1g")), 20_000).sockets())
        .isEqualTo(18_000);
    assertThatThrownBy(
            () ->
                AdmissionConfig.from(new Settings(Map.of("GATEWAY_SOCKETS_MAX", "19500")), 20_000))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining("GATEWAY_SOCKETS_MAX")
        .hasMessageContaining("20000 files");
    assertThatThrownBy(
            () -> AdmissionConfig.from(new Settings(Map.of("GATEWAY_PROFILE", "big")), 20_000))
        .hasMessageContaining("must be one of 512m, 1g, 2g");
  }

  private Doors doors(int sockets, int reserve, int strangers, int perSecond, int burst) {
    return new Doors(
        new AdmissionConfig(sockets, reserve, strangers, perSecond, burst), timers, memory.guard());
  }

  private static void letIn(Doors doors, int count) {
    for (int i = 0; i < count; i++) {
      assertThat(doors.admit("192.0.2.1")).isNull();
    }
  }
}
