package com.napalmsky.loadtest.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.loadtest.measure.Metrics;
import org.junit.jupiter.api.Test;

class TracesTest {

  private static final String EMPTY =
      """
      # HELP napalmsky_gateway_sockets Open sockets
      napalmsky_gateway_sockets 0.0
      napalmsky_gateway_sockets_bound 8000.0
      napalmsky_gateway_users 0.0
      napalmsky_gateway_outbound_bytes 0.0
      napalmsky_lobby_seats 0.0
      napalmsky_lobby_people 0.0
      napalmsky_presence_users{state="offline"} 7.0
      napalmsky_presence_users{state="online"} 0.0
      napalmsky_presence_users{state="available"} 0.0
      napalmsky_presence_users{state="in_call"} 0.0
      napalmsky_presence_users{state="grace"} 0.0
      napalmsky_structure_size{structure="pool"} 0.0
      napalmsky_structure_size{structure="pool_backlog"} 0.0
      napalmsky_structure_size{structure="invites"} 0.0
      napalmsky_structure_size{structure="calls"} 0.0
      napalmsky_structure_size{structure="releases"} 0.0
      napalmsky_structure_size{structure="finished_calls"} 0.0
      napalmsky_structure_size{structure="tombstones"} 50.0
      napalmsky_structure_bound{structure="tombstones"} 200.0
      napalmsky_structure_bound{structure="calls"} 100.0
      napalmsky_matchmaking_invites_unfinished 0.0
      napalmsky_matchmaking_invite_timers 0.0
      napalmsky_signaling_calls_unwritten 0.0
      netty_allocator_memory_pinned{allocator_type="Pooled",memory_type="direct"} 4.0E6
      """;

  @Test
  void aServerThatHasNobodyHasNothingOfThem() {
    assertThat(Traces.left(Metrics.parse(EMPTY), 4e6)).isEmpty();
  }

  @Test
  void whatIsLeftIsNamed() {
    String text =
        EMPTY
            .replace("{structure=\"calls\"} 0.0", "{structure=\"calls\"} 2.0")
            .replace("napalmsky_gateway_sockets 0.0", "napalmsky_gateway_sockets 1.0");

    assertThat(Traces.left(Metrics.parse(text), 1e6))
        .containsExactlyInAnyOrder(
            "sockets: 1", "calls and their members: 2", "buffers: 3000 KB more than before");
  }

  @Test
  void whatIsNotSaidIsNotTakenForNothing() {
    String text = EMPTY.replace("napalmsky_lobby_seats", "lobby_seats");

    assertThat(Traces.left(Metrics.parse(text), 4e6))
        .containsExactly("sockets in the lobby: not known");
  }

  @Test
  void fullnessIsSizeOfBound() {
    String text =
        EMPTY.replace("{structure=\"calls\"} 0.0", "{structure=\"calls\"} 110.0")
            + "napalmsky_structure_size{structure=\"without\"} 1.0\n";

    assertThat(Metrics.parse(text).fullness())
        .containsEntry("tombstones", 0.25)
        .containsEntry("calls", 1.1)
        .containsEntry("without", Double.POSITIVE_INFINITY);
  }
}
