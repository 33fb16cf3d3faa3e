package com.napalmsky.matchmaking.invite;

import com.napalmsky.shared.runtime.redis.RedisClient;
import com.napalmsky.shared.runtime.redis.RedisKeys;
import com.napalmsky.shared.runtime.redis.RedisScript;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Invites of all instances, in Redis. Each operation is one script. When an answer is lost the step
 * may have been done: whoever took an invite so is not told, and what follows is handed on when the
 * hold runs out.
 *
 * <p>Confined to the context of its client.
 */
final class RedisInviteStore implements InviteStore {

  private static final RedisScript PLACE = script("place.lua");
  private static final RedisScript WITHDRAW = script("withdraw.lua");
  private static final RedisScript ACCEPT = script("accept.lua");
  private static final RedisScript TAKE_AS_CALLEE = script("take-as-callee.lua");
  private static final RedisScript TAKE_BETWEEN = script("take-between.lua");
  private static final RedisScript TAKE_OF = script("take-of.lua");
  private static final RedisScript TAKE_OVERDUE = script("take-overdue.lua");
  private static final RedisScript FINISHED = script("finished.lua");
  private static final RedisScript UNFINISHED = script("unfinished.lua");
  private static final RedisScript EXTEND = script("extend.lua");
  private static final RedisScript FIND = script("find.lua");
  private static final RedisScript OUTGOING = script("outgoing.lua");
  private static final RedisScript OVERDUE = script("overdue.lua");
  private static final RedisScript STATE_OF = script("state-of.lua");

  /** What the client has to know. */
  static final List<RedisScript> SCRIPTS =
      List.of(
          PLACE,
          WITHDRAW,
          ACCEPT,
          TAKE_AS_CALLEE,
          TAKE_BETWEEN,
          TAKE_OF,
          TAKE_OVERDUE,
          FINISHED,
          UNFINISHED,
          EXTEND,
          FIND,
          OUTGOING,
          OVERDUE,
          STATE_OF);

  private static final Instant NO_TIME = Instant.EPOCH;

  private final RedisClient redis;
  private final List<String> keys;
  private final String pendingKey;
  private final String heldKey;
  private final String max;

  /**
   * @param max how many may be pending or unfinished; as many ended ones are remembered
   */
  RedisInviteStore(RedisClient redis, RedisKeys keys, int max) {
    this.redis = redis;
    this.max = String.valueOf(max);
    this.pendingKey = keys.of("pending");
    this.heldKey = keys.of("held");
    this.keys =
        List.of(
            pendingKey,
            keys.of("deadlines"),
            keys.of("extensions"),
            keys.of("callers"),
            keys.of("callees"),
            keys.of("unfinished"),
            heldKey,
            keys.of("states"),
            keys.of("ended"));
  }

  @Override
  public Future<Placed> place(PendingInvite invite, End ifMutual) {
    List<String> args = new ArrayList<>();
    args.add(invite.id().toString());
    args.add(InviteText.of(invite));
    args.add(millis(invite.deadline()));
    args.addAll(end(ifMutual));
    return run(PLACE, ifMutual.at(), args)
        .map(
            answer -> {
              Response outcome = present(answer);
              return new Placed(
                  PlaceOutcome.valueOf(outcome.get(0).toString()),
                  outcome.size() == 1 ? null : invite(outcome, 1));
            });
  }

  @Override
  public Future<Optional<PendingInvite>> withdraw(UUID inviteId, Instant now) {
    return run(WITHDRAW, now, List.of(inviteId.toString(), InviteState.VOID.name()))
        .map(RedisInviteStore::optional);
  }

  @Override
  public Future<Optional<Unfinished>> accept(UUID inviteId, UUID calleeId, End end) {
    return run(ACCEPT, end.at(), with(end, inviteId.toString(), calleeId.toString()))
        .map(answer -> accepted(answer, calleeId, end));
  }

  private static Optional<Unfinished> accepted(@Nullable Response answer, UUID calleeId, End end) {
    if (answer == null) {
      return Optional.empty();
    }
    PendingInvite invite = invite(answer, 0);
    if (answer.size() == 3) {
      return Optional.of(new Unfinished(invite, end));
    }
    Unfinished before =
        new Unfinished(invite, InviteText.end(answer.get(3).toString(), end.heldUntil()));
    return before.isAcceptedBy(calleeId, end) ? Optional.of(before) : Optional.empty();
  }

  @Override
  public Future<Optional<PendingInvite>> takeAsCallee(UUID inviteId, UUID calleeId, End end) {
    return run(TAKE_AS_CALLEE, end.at(), with(end, inviteId.toString(), calleeId.toString()))
        .map(RedisInviteStore::optional);
  }

  @Override
  public Future<Optional<PendingInvite>> takeBetween(UUID callerId, UUID calleeId, End end) {
    return run(TAKE_BETWEEN, end.at(), with(end, callerId.toString(), calleeId.toString()))
        .map(RedisInviteStore::optional);
  }

  @Override
  public Future<TakenOf> takeOf(UUID userId, @Nullable End incoming, @Nullable End outgoing) {
    Instant now = incoming != null ? incoming.at() : outgoing != null ? outgoing.at() : NO_TIME;
    List<String> args = new ArrayList<>();
    args.add(userId.toString());
    args.addAll(incoming == null ? List.of("", "", "") : end(incoming));
    args.addAll(outgoing == null ? List.of("", "", "") : end(outgoing));
    return run(TAKE_OF, now, args)
        .map(
            answer -> {
              Response taken = present(answer);
              return new TakenOf(orNull(taken.get(0)), orNull(taken.get(1)));
            });
  }

  @Override
  public Future<Expiry> takeOverdue(UUID inviteId, End end) {
    return run(TAKE_OVERDUE, end.at(), with(end, inviteId.toString()))
        .map(
            answer ->
                answer == null
                    ? new Expiry(ExpiryOutcome.GONE, null)
                    : new Expiry(
                        number(answer.get(0)) == 1 ? ExpiryOutcome.EXPIRED : ExpiryOutcome.NOT_DUE,
                        invite(answer.get(1), 0)));
  }

  @Override
  public Future<Void> hold(UUID inviteId, Instant until) {
    return redis
        .send(
            Request.cmd(Command.ZADD)
                .arg(heldKey)
                // What is finished meanwhile must not be held again.
                .arg("XX")
                .arg(millis(until))
                .arg(inviteId.toString()))
        .mapEmpty();
  }

  @Override
  public Future<Void> finished(UUID inviteId) {
    return run(FINISHED, NO_TIME, List.of(inviteId.toString())).mapEmpty();
  }

  @Override
  public Future<List<Unfinished>> unfinished(Instant now, Instant heldUntil, int most) {
    return run(UNFINISHED, now, List.of(millis(heldUntil), String.valueOf(most)))
        .map(
            answer ->
                present(answer).stream()
                    .map(
                        one ->
                            new Unfinished(
                                invite(one, 0), InviteText.end(one.get(3).toString(), heldUntil)))
                    .toList());
  }

  @Override
  public Future<Optional<PendingInvite>> extend(
      UUID callerId, UUID calleeId, Duration by, int most, Instant now) {
    return run(
            EXTEND,
            now,
            List.of(
                callerId.toString(),
                calleeId.toString(),
                String.valueOf(by.toMillis()),
                String.valueOf(most)))
        .map(RedisInviteStore::optional);
  }

  @Override
  public Future<Optional<PendingInvite>> find(UUID inviteId) {
    return run(FIND, NO_TIME, List.of(inviteId.toString())).map(RedisInviteStore::optional);
  }

  @Override
  public Future<Optional<PendingInvite>> outgoing(UUID callerId) {
    return run(OUTGOING, NO_TIME, List.of(callerId.toString())).map(RedisInviteStore::optional);
  }

  @Override
  public Future<List<PendingInvite>> overdue(Instant now, int most) {
    return run(OVERDUE, now, List.of(String.valueOf(most)))
        .map(answer -> present(answer).stream().map(one -> invite(one, 0)).toList());
  }

  @Override
  public Future<Optional<InviteState>> stateOf(UUID inviteId) {
    return run(STATE_OF, NO_TIME, List.of(inviteId.toString(), InviteState.PENDING.name()))
        .map(
            answer ->
                Optional.ofNullable(answer).map(state -> InviteState.valueOf(state.toString())));
  }

  @Override
  public Future<Integer> size() {
    return redis
        .send(Request.cmd(Command.HLEN).arg(pendingKey))
        .map(answer -> (int) number(present(answer)));
  }

  /** The answer is null where a script says nothing. */
  private Future<Response> run(RedisScript script, Instant now, List<String> args) {
    return redis.run(
        script, keys, Stream.concat(Stream.of(max, millis(now)), args.stream()).toList());
  }

  private static List<String> with(End end, String... first) {
    return Stream.concat(Stream.of(first), end(end).stream()).toList();
  }

  private static List<String> end(End end) {
    return List.of(end.ending().state().name(), InviteText.of(end), millis(end.heldUntil()));
  }

  private static String millis(Instant at) {
    return String.valueOf(at.toEpochMilli());
  }

  private static Optional<PendingInvite> optional(@Nullable Response answer) {
    return Optional.ofNullable(answer).map(RedisInviteStore::orNull);
  }

  private static @Nullable PendingInvite orNull(Response invite) {
    return invite.size() == 0 ? null : invite(invite, 0);
  }

  /** The invite whose three parts begin at a place of an answer. */
  private static PendingInvite invite(Response answer, int at) {
    return InviteText.invite(
        answer.get(at).toString(),
        Instant.ofEpochMilli(number(answer.get(at + 1))),
        (int) number(answer.get(at + 2)));
  }

  private static long number(Response answer) {
    return Long.parseLong(answer.toString());
  }

  private static Response present(@Nullable Response answer) {
    if (answer == null) {
      throw new IllegalStateException("a script of the invites gave no answer");
    }
    return answer;
  }

  private static RedisScript script(String file) {
    return RedisScript.of(RedisInviteStore.class, "invites.lua", file);
  }
}
