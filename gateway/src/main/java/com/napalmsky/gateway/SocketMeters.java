package com.napalmsky.gateway;

import com.napalmsky.gateway.admission.Doors;
import com.napalmsky.gateway.admission.Doors.Turned;
import com.napalmsky.gateway.connection.ConnectionCounters;
import com.napalmsky.gateway.connection.ConnectionCounters.Count;
import com.napalmsky.gateway.engineio.EngineError;
import com.napalmsky.gateway.engineio.EngineMeter;
import com.napalmsky.gateway.lobby.LobbyCounters;
import com.napalmsky.gateway.recovery.RecoverableSessions;
import com.napalmsky.shared.contract.gateway.CloseReason;
import com.napalmsky.shared.runtime.meter.Counts;
import com.napalmsky.shared.runtime.meter.Meters;
import java.util.concurrent.atomic.LongAdder;

/** What the sockets of all loops of a process are counted by. Safe from any thread. */
final class SocketMeters {

  private enum Transport {
    WEBSOCKET,
    POLLING
  }

  private final Counts<Count> connections = new Counts<>(Count.class);
  private final LongAdder ticks = new LongAdder();
  private final LongAdder changes = new LongAdder();
  private final LongAdder frames = new LongAdder();
  private final LongAdder dropped = new LongAdder();

  ConnectionCounters connections() {
    return connections::count;
  }

  LobbyCounters lobby() {
    return new LobbyCounters() {
      @Override
      public void ticked(int seen, int emits) {
        ticks.increment();
        changes.add(seen);
        frames.add(emits);
      }

      @Override
      public void changeDropped() {
        dropped.increment();
      }
    };
  }

  /**
   * Names what the process counts.
   *
   * @param unfinishedMost bytes of messages that have not come whole
   */
  void register(
      Meters meters,
      EngineMeter engine,
      int unfinishedMost,
      Doors doors,
      RecoverableSessions recoverable) {
    meters.gauge("napalmsky_gateway_sockets", "Open sockets", doors::sockets);
    meters.gauge("napalmsky_gateway_sockets_bound", "Sockets that are let in", doors::limit);
    meters.gauges(
        "napalmsky_gateway_transports",
        "Open sockets by what carries them",
        "transport",
        Transport.class,
        transport ->
            transport == Transport.WEBSOCKET ? engine.openWebSockets() : engine.openPollings());
    meters.counter(
        "napalmsky_gateway_upgrades",
        "Sockets that changed from polling to a WebSocket",
        engine::upgrades);
    meters.counters(
        "napalmsky_gateway_closes",
        "Sockets that ended, by reason",
        "reason",
        CloseReason.class,
        engine::closed);
    meters.counters(
        "napalmsky_gateway_refusals",
        "Requests for a socket that were refused",
        "reason",
        EngineError.class,
        engine::refused);
    meters.counters(
        "napalmsky_gateway_turned_away",
        "Sockets that were not let in",
        "reason",
        Turned.class,
        doors::turned);
    meters.counter(
        "napalmsky_gateway_plain_bytes",
        "Bytes to sockets before compression",
        engine::bytesBeforeCompression);
    meters.counter("napalmsky_gateway_sent_bytes", "Bytes to sockets as sent", engine::bytesSent);
    meters.counters(
        "napalmsky_gateway_events",
        "What sockets did that is worth a look",
        "kind",
        Count.class,
        connections::total);
    meters.counter("napalmsky_lobby_ticks", "Ticks in which somebody changed", ticks::sum);
    meters.counter(
        "napalmsky_lobby_changes", "Changes of people that viewers could see", changes::sum);
    meters.counter("napalmsky_lobby_frames", "Frames of changes sent to sockets", frames::sum);
    meters.counter(
        "napalmsky_lobby_dropped", "Changes that were too many for a tick", dropped::sum);
    meters.structure(
        "recovery_sessions", recoverable.config().sessions(), () -> recoverable.sizes().sessions());
    meters.structure("unfinished_bytes", unfinishedMost, engine::unfinishedBytes);
    meters.evictions("unfinished_bytes", engine::unfinishedRefused);
    meters.structure(
        "recovery_bytes", recoverable.config().totalBytes(), () -> recoverable.sizes().bytes());
  }

  /** Adds a loop. */
  void add(Meters meters, LoopSockets loop, SocketConfig config) {
    meters.gauge(
        "napalmsky_gateway_users", "Users with a socket", () -> loop.clients().sizes().users());
    meters.gauge(
        "napalmsky_lobby_seats", "Sockets in the lobby", () -> loop.lobby().sizes().seats());
    meters.gauge(
        "napalmsky_gateway_outbound_bytes", "Bytes that wait for clients", loop.waiting()::latest);
    meters.structure(
        "errands", config.connection().errands(), () -> loop.clients().sizes().errands());
    meters.structure(
        "lobby_pending",
        config.lobby().pendingChanges(),
        () -> loop.lobby().sizes().pendingChanges());
    meters.gauge(
        "napalmsky_lobby_people",
        "People whom somebody looks at",
        () -> loop.lobby().sizes().people());
  }
}
