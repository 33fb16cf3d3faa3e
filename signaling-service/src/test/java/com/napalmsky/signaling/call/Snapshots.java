package com.napalmsky.signaling.call;

import com.napalmsky.shared.contract.gateway.ClientEvent;
import com.napalmsky.shared.contract.gateway.ClientEvent.SessionFinalized;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.shared.contract.signaling.SignalKind;
import com.napalmsky.shared.contract.user.UserContract.CallMessage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Calls and tombstones as they are written down. */
final class Snapshots {

  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  static final UUID ANN = new UUID(1, 1);
  static final UUID BOB = new UUID(1, 2);

  private Snapshots() {}

  /** A call in which everything is set that can be. */
  static CallSnapshot of(UUID room) {
    return in(room, new CallState.Joining(Side.OTHER));
  }

  static CallSnapshot in(UUID room, CallState state) {
    SocketRef socket = new SocketRef("gw-1-0", 7);
    return new CallSnapshot(
        new CallTerms(room, "session-1", NOW, 120, "Ann", "Bøb \"x\""),
        state,
        new TalkClock(NOW.plusSeconds(60), NOW.plusSeconds(1), true, NOW.plusMillis(1_500)),
        new Seat(
            ANN,
            socket,
            NOW.plusSeconds(2),
            true,
            new Candidate(new SocketRef("gw-2-1", 8), NOW.plusSeconds(3), false)),
        Seat.of(BOB, new SocketRef("gw-2-1", 9)),
        List.of(
            new Posted(
                1, NOW, new ClientEvent.Signal(SignalKind.OFFER, "{\"sdp\":\"v=0\"}", BOB), false),
            new Posted(2, NOW, new ClientEvent.Chat(BOB, "hi", NOW), true)),
        List.of(
            new Posted(
                3, NOW, new ClientEvent.CallStart(room, 120, false, ANN, "Ann", "owner-1"), false)),
        List.of(
            new CallMessage(ANN, NOW, "hello", null),
            new CallMessage(BOB, NOW, null, Map.of("tiktok", "bob"))),
        true);
  }

  static Tombstone tombstone(UUID room) {
    return new Tombstone(
        ANN,
        BOB,
        new SessionFinalized("session-1", room, 60, EndReason.LEFT, NOW.plusSeconds(86_400)));
  }
}
