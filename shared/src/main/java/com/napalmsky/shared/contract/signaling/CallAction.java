package com.napalmsky.shared.contract.signaling;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a member does in a call. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "action")
@JsonSubTypes({
  @JsonSubTypes.Type(value = CallAction.Join.class, name = "join"),
  @JsonSubTypes.Type(value = CallAction.Send.class, name = "signal"),
  @JsonSubTypes.Type(value = CallAction.Say.class, name = "chat"),
  @JsonSubTypes.Type(value = CallAction.ShareSocials.class, name = "share-socials"),
  @JsonSubTypes.Type(value = CallAction.TellPath.class, name = "path"),
  @JsonSubTypes.Type(value = CallAction.End.class, name = "end"),
  @JsonSubTypes.Type(value = CallAction.Return.class, name = "return"),
  @JsonSubTypes.Type(value = CallAction.Lose.class, name = "lose")
})
public sealed interface CallAction {

  /** {@code room:join}: the member's page is there; buffered signalling is replayed to it. */
  record Join() implements CallAction {}

  /**
   * {@code rtc:*}.
   *
   * @param payload the JSON text of the offer, answer or candidate
   */
  record Send(SignalKind kind, String payload) implements CallAction {}

  /**
   * {@code room:chat}.
   *
   * @param text trimmed, not empty, cut to 500 characters by the gateway
   */
  record Say(String text) implements CallAction {}

  /**
   * {@code room:giveSocial}.
   *
   * @param socials only the known keys, values of at most 64 characters
   */
  record ShareSocials(Map<String, String> socials) implements CallAction {
    public ShareSocials {
      socials = Map.copyOf(socials);
    }
  }

  /**
   * {@code rtc:path}: how the member's browser reaches the other one. Counted once for each call.
   *
   * @param relayed whether over a TURN server
   */
  record TellPath(boolean relayed) implements CallAction {}

  /** {@code call:end}; of an ended call it is answered with the same end again. */
  record End() implements CallAction {}

  /**
   * The member's user authenticated a new socket: it takes his place if the old one is lost, or
   * turns out to be lost when it is probed.
   */
  record Return() implements CallAction {}

  /**
   * The socket is gone; ignored unless it is the one bound to the call.
   *
   * @param at since when, by the clock of its gateway; null for now
   */
  record Lose(@Nullable Instant at) implements CallAction {}
}
