package com.napalmsky.matchmaking.invite;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
  private final Map<UUID, Unfinished> unfinished = new LinkedHashMap<>();
  private final Map<UUID, InviteState> ended = new HashMap<>();
  private final Queue<UUID> endedInOrder = new ArrayDeque<>();

  /**
   * @param max how many may be pending or unfinished; as many ended ones are remembered
   */
  MemoryInviteStore(int max) {
    this.max = max;
  }

  @Override
  public Future<Placed> place(PendingInvite invite, End ifMutual) {
    PendingInvite reverse = between(invite.calleeId(), invite.callerId());
    if (reverse != null && !reverse.overdue(ifMutual.at())) {
      end(reverse, ifMutual);
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
    if (pending.size() + unfinished.size() >= max) {
      return PlaceOutcome.FULL;
    }
    pending.put(invite.id(), invite);
    byCaller.put(invite.callerId(), invite.id());
    byCallee.put(invite.calleeId(), invite.id());
    return PlaceOutcome.PLACED;
  }

  @Override
  public Future<Optional<PendingInvite>> withdraw(UUID inviteId, Instant now) {
    PendingInvite invite = pending.get(inviteId);
    if (invite != null) {
      remove(invite, InviteState.VOID);
    }
    return Future.succeededFuture(Optional.ofNullable(invite));
  }

  @Override
  public Future<Optional<Unfinished>> accept(UUID inviteId, UUID calleeId, End end) {
    Unfinished before = unfinished.get(inviteId);
    return before != null && before.isAcceptedBy(calleeId, end)
        ? Future.succeededFuture(Optional.of(before))
        : takeAsCallee(inviteId, calleeId, end)
            .map(taken -> taken.map(invite -> new Unfinished(invite, end)));
  }

  @Override
  public Future<Optional<PendingInvite>> takeAsCallee(UUID inviteId, UUID calleeId, End end) {
    PendingInvite invite = pending.get(inviteId);
    boolean theirs = invite != null && invite.calleeId().equals(calleeId);
    return taken(theirs ? invite : null, end);
  }

  @Override
  public Future<Optional<PendingInvite>> takeBetween(UUID callerId, UUID calleeId, End end) {
    return taken(between(callerId, calleeId), end);
  }

  @Override
  public Future<TakenOf> takeOf(UUID userId, @Nullable End incoming, @Nullable End outgoing) {
    PendingInvite got = incoming == null ? null : of(byCallee.get(userId));
    PendingInvite made = outgoing == null ? null : of(byCaller.get(userId));
    if (got != null && incoming != null) {
      end(got, incoming);
    }
    if (made != null && outgoing != null) {
      end(made, outgoing);
    }
    return Future.succeededFuture(new TakenOf(got, made));
  }

  @Override
  public Future<Expiry> takeOverdue(UUID inviteId, End end) {
    PendingInvite invite = pending.get(inviteId);
    if (invite == null) {
      return Future.succeededFuture(new Expiry(ExpiryOutcome.GONE, null));
    }
    if (!invite.overdue(end.at())) {
      return Future.succeededFuture(new Expiry(ExpiryOutcome.NOT_DUE, invite));
    }
    end(invite, end);
    return Future.succeededFuture(new Expiry(ExpiryOutcome.EXPIRED, invite));
  }

  @Override
  public Future<Void> hold(UUID inviteId, Instant until) {
    unfinished.computeIfPresent(inviteId, (id, one) -> one.heldUntil(until));
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> finished(UUID inviteId) {
    unfinished.remove(inviteId);
    return Future.succeededFuture();
  }

  @Override
  public Future<List<Unfinished>> unfinished(Instant now, Instant heldUntil, int most) {
    List<Unfinished> free = new ArrayList<>();
    for (Unfinished one : unfinished.values()) {
      if (free.size() < most && !now.isBefore(one.end().heldUntil())) {
        free.add(one.heldUntil(heldUntil));
      }
    }
    free.forEach(one -> unfinished.put(one.invite().id(), one));
    return Future.succeededFuture(free);
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
    return Future.succeededFuture(Optional.ofNullable(of(byCaller.get(callerId))));
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
    PendingInvite invite = of(byCaller.get(callerId));
    return invite != null && invite.calleeId().equals(calleeId) ? invite : null;
  }

  private @Nullable PendingInvite of(@Nullable UUID inviteId) {
    return inviteId == null ? null : pending.get(inviteId);
  }

  private Future<Optional<PendingInvite>> taken(@Nullable PendingInvite invite, End end) {
    if (invite == null || invite.overdue(end.at())) {
      return Future.succeededFuture(Optional.empty());
    }
    end(invite, end);
    return Future.succeededFuture(Optional.of(invite));
  }

  private void end(PendingInvite invite, End end) {
    remove(invite, end.ending().state());
    unfinished.put(invite.id(), new Unfinished(invite, end));
  }

  private void remove(PendingInvite invite, InviteState state) {
    pending.remove(invite.id());
    byCaller.remove(invite.callerId());
    byCallee.remove(invite.calleeId());
    ended.put(invite.id(), state);
    endedInOrder.add(invite.id());
    if (endedInOrder.size() > max) {
      ended.remove(endedInOrder.remove());
    }
  }
}
