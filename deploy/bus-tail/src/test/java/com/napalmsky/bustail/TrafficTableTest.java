package com.napalmsky.bustail;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.bustail.Second.Flow;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrafficTableTest {

  private static final Flow RARE =
      new Flow(
          "user-1", "user.v1.log-in", "received", 0.5, 0, 2, 210.5, 480.25, Map.of("internal", 3L));
  private static final Flow BUSY =
      new Flow(
          "signaling-1", "gateway.v1.deliver", "sent", 12_345.6, 7_654_321, 0, 0.08, 1.2, Map.of());

  private static final Second SECOND =
      new Second("2026-01-02T03:04:05Z", List.of("signaling-1", "user-1"), List.of(RARE, BUSY));

  @Test
  void theBusiestAddressComesFirstAndColumnsStandUnderTheirTitles() {
    assertThat(TrafficTable.lines(SECOND, 0, 0))
        .containsExactly(
            "2026-01-02T03:04:05Z  0.5 messages/s received  nodes: signaling-1 user-1",
            "ADDRESS                       NODE            MSG/S    BYTES/S  IN FLIGHT  P50 MS  P99 MS  FAILURES",
            "gateway.v1.deliver  sent      signaling-1  12,345.6  7,654,321          0    0.08    1.20",
            "user.v1.log-in      received  user-1            0.5          -          2  210.50  480.25  internal 3");
  }

  @Test
  void whatTheScreenHasNoRoomForIsCutAndCounted() {
    List<String> lines = TrafficTable.lines(SECOND, 4, 30);

    assertThat(lines).hasSize(4);
    assertThat(lines.get(2)).isEqualTo("gateway.v1.deliver  sent  sign");
    assertThat(lines.get(3)).isEqualTo("… and 1 more");
  }
}
