package com.napalmsky.signaling.finish;

import com.napalmsky.shared.contract.gateway.ClientEvent;
import com.napalmsky.shared.contract.user.UserContract.CallRecorded;
import com.napalmsky.shared.contract.user.UserContract.MemberResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a call's consequences when its members are told that it is over.
 *
 * @param cooldownExpiry of the pair; null when there is none or it is not known yet
 * @param members empty when nothing is stored, or not yet
 */
public record Farewell(@Nullable Instant cooldownExpiry, List<MemberResult> members) {

  private static final String UNLOCKED =
      "Your own access code is unlocked: share it with your friends.";
  private static final int CALLS_TO_UNLOCK = 4;

  /** Nothing is stored, or it is stored later. */
  public static final Farewell WITHOUT_RESULTS = new Farewell(null, List.of());

  public Farewell {
    members = List.copyOf(members);
  }

  static Farewell of(CallRecorded recorded) {
    return new Farewell(recorded.cooldownExpiry(), recorded.members());
  }

  /** What a member is told of his own results, in order: the unlocked code, then the metrics. */
  public List<ClientEvent> resultsOf(UUID userId) {
    List<ClientEvent> events = new ArrayList<>(2);
    for (MemberResult result : members) {
      if (result.userId().equals(userId)) {
        if (result.qrUnlocked()) {
          events.add(new ClientEvent.QrUnlocked(UNLOCKED, CALLS_TO_UNLOCK));
        }
        events.add(new ClientEvent.MetricsUpdate(result.metrics()));
      }
    }
    return events;
  }
}
