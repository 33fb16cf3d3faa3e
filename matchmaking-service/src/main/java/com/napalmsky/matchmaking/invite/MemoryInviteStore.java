package com.napalmsky.matchmaking.invite;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Invites of one process. Confined to the context that created it; all futures are complete. */
final class MemoryInviteStore implements InviteStore {

  private final int max;
  private final Map<UUID, PendingInvite> pending = new HashMap<>();
  private final Map<UUID, UUID> byCaller = new HashMap<>();
  private final Map<UUID, UUID> byCallee = new HashMap<>();
  private final Map<UUID, InviteState> ended = new HashMap<>();
  private final Queue<UUID> endedInOrder = new ArrayDeque<>();

  /**
   * @param max how many may be pending; as many ended ones are remembered
   */
  MemoryInviteStore(int max) {
    this.max = max;
  }

  @Override
  public Future<Placed> place(PendingInvite invite, Instant now) {
    PendingInvite reverse = between(invite.calleeId(), invite.callerId());
    if (reverse != null && !reverse.overdue(now)) {
      end(reverse, InviteState.ACCEPTED);
      return Future.succeededFuture(new Placed(PlaceOutcome.MUTUAL, reverse));
    }
    return Future.succeededFuture(new Placed(put(invite), null));
  }

  private PlaceOutcome put(PendingInvite invite) {
    if (byCaller.containsKey(invite.callerId())) {
      return PlaceOutcome.CALLER_BUSY;
    }
    if (byCallee.containsKey(invite.calleeId())) {
      return PlaceOutcome.CALLEE_BUSY;
    }
    if (pending.size() >= max) {
      return PlaceOutcome.FULL;
    }
    pending.put(invite.id(), invite);
    byCaller.put(invite.callerId(), invite.id());
    byCallee.put(invite.calleeId(), invite.id());
    return PlaceOutcome.PLACED;
  }

  @Override
  public Future<Optional<PendingInvite>> take(UUID inviteId, InviteState end) {
    return taken(pending.get(inviteId), end);
  }

  @Override
  public Future<Optional<PendingInvite>> takeAsCallee(
      UUID inviteId, UUID calleeId, InviteState end, Instant now) {
    PendingInvite invite = pending.get(inviteId);
    boolean theirs = invite != null && invite.calleeId().equals(calleeId) && !invite.overdue(now);
    return taken(theirs ? invite : null, end);
  }

  @Override
  public Future<Optional<PendingInvite>> takeBetween(
      UUID callerId, UUID calleeId, InviteState end, Instant now) {
    PendingInvite invite = between(callerId, calleeId);
    return taken(invite == null || invite.overdue(now) ? null : invite, end);
  }

  @Override
  public Future<Expiry> takeOverdue(UUID inviteId, Instant now) {
    PendingInvite invite = pending.get(inviteId);
    if (invite == null) {
      return Future.succeededFuture(new Expiry(ExpiryOutcome.GONE, null));
    }
    if (!invite.overdue(now)) {
      return Future.succeededFuture(new Expiry(ExpiryOutcome.NOT_DUE, invite));
    }
    end(invite, InviteState.EXPIRED);
    return Future.succeededFuture(new Expiry(ExpiryOutcome.EXPIRED, invite));
  }

  @Override
  public Future<Optional<PendingInvite>> extend(
      UUID callerId, UUID calleeId, Duration by, int most, Instant now) {
    PendingInvite invite = between(callerId, calleeId);
    if (invite == null || invite.overdue(now) || invite.extensions() >= most) {
      return Future.succeededFuture(Optional.empty());
    }
    PendingInvite extended = invite.extended(by);
    pending.put(invite.id(), extended);
    return Future.succeededFuture(Optional.of(extended));
  }

  @Override
  public Future<Optional<PendingInvite>> find(UUID inviteId) {
    return Future.succeededFuture(Optional.ofNullable(pending.get(inviteId)));
  }

  @Override
  public Future<Optional<PendingInvite>> outgoing(UUID callerId) {
    return Future.succeededFuture(Optional.ofNullable(byCaller.get(callerId)).map(pending::get));
  }

  @Override
  public Future<Optional<PendingInvite>> incoming(UUID calleeId) {
    return Future.succeededFuture(Optional.ofNullable(byCallee.get(calleeId)).map(pending::get));
  }

  @Override
  public Future<List<PendingInvite>> overdue(Instant now, int most) {
    return Future.succeededFuture(
        pending.values().stream().filter(invite -> invite.overdue(now)).limit(most).toList());
  }

  @Override
  public Future<Optional<InviteState>> stateOf(UUID inviteId) {
    return Future.succeededFuture(
        pending.containsKey(inviteId)
            ? Optional.of(InviteState.PENDING)
            : Optional.ofNullable(ended.get(inviteId)));
  }

  @Override
  public Future<Integer> size() {
    return Future.succeededFuture(pending.size());
  }

  private @Nullable PendingInvite between(UUID callerId, UUID calleeId) {
    UUID inviteId = byCaller.get(callerId);
    PendingInvite invite = inviteId == null ? null : pending.get(inviteId);
    return invite != null && invite.calleeId().equals(calleeId) ? invite : null;
  }

  private Future<Optional<PendingInvite>> taken(@Nullable PendingInvite invite, InviteState end) {
    if (invite != null) {
      end(invite, end);
    }
    return Future.succeededFuture(Optional.ofNullable(invite));
  }

  private void end(PendingInvite invite, InviteState end) {
    pending.remove(invite.id());
    byCaller.remove(invite.callerId());
    byCallee.remove(invite.calleeId());
    ended.put(invite.id(), end);
    endedInOrder.add(invite.id());
    if (endedInOrder.size() > max) {
      ended.remove(endedInOrder.remove());
    }
  }
}
