package com.napalmsky.loadtest.scenario;

import com.napalmsky.loadtest.measure.Metrics;
import java.util.ArrayList;
import java.util.List;

/** What a server still has of people. */
final class Traces {

  private static final String STRUCTURE = "napalmsky_structure_size";
  private static final String PRESENCE = "napalmsky_presence_users";
  private static final String BUFFERS = "netty_allocator_memory_pinned";

  /** What a server takes for itself. */
  private static final double FEW_BYTES = 1 << 20;

  /** Each is 0 when nobody is there. */
  private static final List<Trace> ALL =
      List.of(
          new Trace("sockets", "napalmsky_gateway_sockets", ""),
          new Trace("users of the gateway", "napalmsky_gateway_users", ""),
          new Trace("bytes that wait for clients", "napalmsky_gateway_outbound_bytes", ""),
          new Trace("sockets in the lobby", "napalmsky_lobby_seats", ""),
          new Trace("people looked at", "napalmsky_lobby_people", ""),
          new Trace("users online", PRESENCE, "state=\"online\""),
          new Trace("users available", PRESENCE, "state=\"available\""),
          new Trace("users in calls", PRESENCE, "state=\"in_call\""),
          new Trace("users just lost", PRESENCE, "state=\"grace\""),
          new Trace("people in the pool", STRUCTURE, "structure=\"pool\""),
          new Trace("changes for the pool", STRUCTURE, "structure=\"pool_backlog\""),
          new Trace("invites", STRUCTURE, "structure=\"invites\""),
          new Trace("unfinished invites", "napalmsky_matchmaking_invites_unfinished", ""),
          new Trace("timers of invites", "napalmsky_matchmaking_invite_timers", ""),
          new Trace("calls and their members", STRUCTURE, "structure=\"calls\""),
          new Trace("people to be released", STRUCTURE, "structure=\"releases\""),
          new Trace("unwritten calls", "napalmsky_signaling_calls_unwritten", ""),
          new Trace("calls for the database", STRUCTURE, "structure=\"finished_calls\""));

  private record Trace(String name, String metric, String label) {}

  private Traces() {}

  /** Bytes of buffers that are in use. */
  static double buffers(Metrics metrics) {
    return metrics.sum(BUFFERS, "");
  }

  /**
   * All that is left, or of which the server says nothing.
   *
   * @param buffersBefore bytes in use when nobody had come yet
   */
  static List<String> left(Metrics metrics, double buffersBefore) {
    List<String> left = new ArrayList<>();
    for (Trace trace : ALL) {
      double count = metrics.sum(trace.metric(), trace.label());
      if (!metrics.has(trace.metric(), trace.label())) {
        left.add(trace.name() + ": not known");
      } else if (count != 0) {
        left.add(String.format("%s: %.0f", trace.name(), count));
      }
    }
    double more = buffers(metrics) - buffersBefore;
    if (more > FEW_BYTES) {
      left.add(String.format("buffers: %.0f KB more than before", more / 1e3));
    }
    return left;
  }
}
