package com.napalmsky.matchmaking.invite;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.napalmsky.shared.contract.user.Person;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Invites and their ends as texts. Instances of two versions work on one store while they are
 * replaced one by one, so unknown fields are ignored, and a field may only be added.
 */
final class InviteText {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .build();

  /** Scripts find the caller's id and the callee's in front of the JSON. */
  private static final int IDS = 2 * 36;

  /** What never changes while an invite is pending. */
  private record Placed(
      UUID id, Person caller, Person callee, int requestedSeconds, long createdAt) {}

  private record Ended(Ending ending, @Nullable Acceptance acceptance, long at) {}

  private InviteText() {}

  static String of(PendingInvite invite) {
    Placed placed =
        new Placed(
            invite.id(),
            invite.caller(),
            invite.callee(),
            invite.requestedSeconds(),
            invite.createdAt().toEpochMilli());
    return invite.callerId().toString() + invite.calleeId() + write(placed);
  }

  static PendingInvite invite(String text, Instant deadline, int extensions) {
    Placed placed = read(text.substring(IDS), Placed.class);
    return new PendingInvite(
        placed.id(),
        placed.caller(),
        placed.callee(),
        placed.requestedSeconds(),
        Instant.ofEpochMilli(placed.createdAt()),
        deadline,
        extensions);
  }

  static String of(End end) {
    return write(new Ended(end.ending(), end.acceptance(), end.at().toEpochMilli()));
  }

  static End end(String text, Instant heldUntil) {
    Ended ended = read(text, Ended.class);
    return new End(ended.ending(), ended.acceptance(), Instant.ofEpochMilli(ended.at()), heldUntil);
  }

  private static String write(Record value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalArgumentException(value.getClass().getName(), impossible);
    }
  }

  private static <T> T read(String text, Class<T> type) {
    try {
      return JSON.readValue(text, type);
    } catch (JsonProcessingException unreadable) {
      throw new IllegalStateException("not one of our invites", unreadable);
    }
  }
}
