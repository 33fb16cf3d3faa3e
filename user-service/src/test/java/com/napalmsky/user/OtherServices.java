package com.napalmsky.user;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceContract.Location;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.contract.signaling.SignalingContract;
import com.napalmsky.shared.contract.signaling.SignalingContract.CallEnded;
import com.napalmsky.shared.contract.signaling.SignalingContract.CallMembers;
import com.napalmsky.shared.contract.signaling.SignalingContract.Described;
import com.napalmsky.shared.contract.signaling.SignalingContract.EndCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Presence and signaling as user-service sees them, with the calls that a test puts there. */
public final class OtherServices {

  private static final String OWNER = "owner";
  private static final String LOST = "lost";

  private final Map<UUID, CallMembers> calls = new HashMap<>();
  private final List<EndCall> ended = new ArrayList<>();
  private boolean lost;

  private OtherServices() {}

  /** Services that know of no call. */
  @CanIgnoreReturnValue
  public static OtherServices empty(UserStage stage) {
    OtherServices services = new OtherServices();
    stage.answer(
        PresenceContract.LOCATE,
        asked ->
            new PresenceContract.Located(
                asked.userIds().stream().map(services::location).toList()));
    stage.answer(
        SignalingContract.LOCATE,
        asked ->
            new SignalingContract.Located(
                services.calls.containsKey(asked.roomId())
                    ? services.lost && asked.missedAt() == null ? LOST : OWNER
                    : null));
    stage.answer(
        SignalingContract.DESCRIBE.at(OWNER),
        asked -> new Described(services.calls.get(asked.roomId())));
    stage.answer(SignalingContract.END_CALL.at(OWNER), services::end);
    return services;
  }

  /**
   * Calls are named as an instance's that does not answer, until somebody says that he missed it.
   */
  public void ownerIsLost() {
    lost = true;
  }

  /** A call that runs. */
  public UUID running(UUID first, UUID second) {
    UUID room = UUID.randomUUID();
    calls.put(room, new CallMembers(first, second, true));
    return room;
  }

  /** A call that is over and perhaps not stored yet. */
  public UUID over(UUID first, UUID second) {
    UUID room = UUID.randomUUID();
    calls.put(room, new CallMembers(first, second, false));
    return room;
  }

  /** Ends that were asked for. */
  public List<EndCall> ended() {
    return ended;
  }

  private CallEnded end(EndCall asked) {
    ended.add(asked);
    CallMembers call = calls.get(asked.roomId());
    calls.put(asked.roomId(), new CallMembers(call.first(), call.second(), false));
    return new CallEnded(call.running());
  }

  private Location location(UUID userId) {
    UUID room =
        calls.entrySet().stream()
            .filter(entry -> entry.getValue().running())
            .filter(
                entry ->
                    entry.getValue().first().equals(userId)
                        || entry.getValue().second().equals(userId))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(null);
    return new Location(
        userId, room == null ? PresenceState.ONLINE : PresenceState.IN_CALL, room, null, List.of());
  }
}
