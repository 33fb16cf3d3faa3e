package com.napalmsky.shared.contract.gateway;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.napalmsky.shared.contract.matchmaking.DeclineReason;
import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.shared.contract.signaling.SignalKind;
import com.napalmsky.shared.contract.user.Metrics;
import com.napalmsky.shared.contract.user.Person;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that a service sends to a client. The gateway alone knows how each looks on the wire
 * (sections 7 and 8 of the wire contract).
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ClientEvent.CallNotify.class, name = "call:notify"),
  @JsonSubTypes.Type(value = ClientEvent.CallDeclined.class, name = "call:declined"),
  @JsonSubTypes.Type(value = ClientEvent.CallRescinded.class, name = "call:rescinded"),
  @JsonSubTypes.Type(value = ClientEvent.WaitExtended.class, name = "call:wait-extended"),
  @JsonSubTypes.Type(value = ClientEvent.CallStart.class, name = "call:start"),
  @JsonSubTypes.Type(value = ClientEvent.Signal.class, name = "rtc"),
  @JsonSubTypes.Type(value = ClientEvent.Chat.class, name = "room:chat"),
  @JsonSubTypes.Type(value = ClientEvent.SocialShared.class, name = "room:socialShared"),
  @JsonSubTypes.Type(value = ClientEvent.SessionFinalized.class, name = "session:finalized"),
  @JsonSubTypes.Type(value = ClientEvent.PeerDisconnected.class, name = "peer:disconnected"),
  @JsonSubTypes.Type(value = ClientEvent.PeerReconnecting.class, name = "peer:reconnecting"),
  @JsonSubTypes.Type(value = ClientEvent.PeerReconnected.class, name = "peer:reconnected"),
  @JsonSubTypes.Type(value = ClientEvent.MetricsUpdate.class, name = "metrics:update"),
  @JsonSubTypes.Type(value = ClientEvent.QrUnlocked.class, name = "qr:unlocked"),
  @JsonSubTypes.Type(value = ClientEvent.Refused.class, name = "error")
})
public sealed interface ClientEvent {

  /**
   * {@code call:notify}, to the callee.
   *
   * @param expiresAt when the server ends the invite
   */
  record CallNotify(
      UUID inviteId, Person fromUser, int requestedSeconds, long ttlMs, Instant expiresAt)
      implements ClientEvent {}

  /** {@code call:declined}, to the caller. */
  record CallDeclined(
      UUID inviteId,
      DeclineReason reason,
      @Nullable UUID toUserId,
      @Nullable Instant cooldownExpiry)
      implements ClientEvent {}

  /** {@code call:rescinded}, to the callee. */
  record CallRescinded(UUID inviteId) implements ClientEvent {}

  /** {@code call:wait-extended}, to the callee. */
  record WaitExtended(int extraSeconds, Instant expiresAt) implements ClientEvent {}

  /**
   * {@code call:start}, to each member; it also binds the socket to the call.
   *
   * @param initiator true for the first inviter, who makes the offer
   * @param owner the signaling instance that holds the call; never leaves the gateway
   */
  record CallStart(
      UUID roomId, int agreedSeconds, boolean initiator, UUID peerId, String peerName, String owner)
      implements ClientEvent {}

  /**
   * {@code rtc:offer}, {@code rtc:answer} or {@code rtc:ice}, to the other member.
   *
   * @param payload the JSON text of the offer, answer or candidate, as the sender wrote it
   */
  record Signal(SignalKind kind, String payload, UUID from) implements ClientEvent {}

  /**
   * {@code room:chat}, to both members.
   *
   * @param from a member, or null for the system
   */
  record Chat(@Nullable UUID from, String text, Instant timestamp) implements ClientEvent {}

  /** {@code room:socialShared}, to both members. */
  record SocialShared(UUID from, Instant timestamp, Map<String, String> socials)
      implements ClientEvent {
    public SocialShared {
      socials = Map.copyOf(socials);
    }
  }

  /**
   * {@code session:finalized}, to both members; sent only after the call was stored or durably
   * queued.
   */
  record SessionFinalized(
      String sessionId,
      UUID roomId,
      int durationSeconds,
      EndReason reason,
      @Nullable Instant cooldownExpiry)
      implements ClientEvent {}

  /** {@code peer:disconnected}: the partner is gone for good. */
  record PeerDisconnected() implements ClientEvent {}

  /** {@code peer:reconnecting}: the partner's socket is lost, its grace runs. */
  record PeerReconnecting() implements ClientEvent {}

  /** {@code peer:reconnected}: the partner is back within the grace. */
  record PeerReconnected() implements ClientEvent {}

  /** {@code metrics:update}, to a member after a call. */
  record MetricsUpdate(Metrics metrics) implements ClientEvent {}

  /** {@code qr:unlocked}, once in the life of an account. */
  record QrUnlocked(String message, int sessionsCompleted) implements ClientEvent {}

  /** {@code error}. */
  record Refused(String message) implements ClientEvent {}
}
