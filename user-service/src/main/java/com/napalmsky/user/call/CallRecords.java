package com.napalmsky.user.call;

import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.CallRecorded;
import com.napalmsky.shared.contract.user.UserContract.CooldownReason;
import com.napalmsky.shared.contract.user.UserContract.MemberResult;
import com.napalmsky.shared.contract.user.UserContract.RecordCall;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.code.AccessCodes;
import com.napalmsky.user.cooldown.Cooldowns;
import com.napalmsky.user.cooldown.Pair;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.SqlTime;
import com.napalmsky.user.profile.PersonRow;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Records calls that are over. Safe from any context.
 *
 * <pre>
 *   credit:  GRACE(n) ──call──► GRACE(n+1) ──the last one needed──► VERIFIED, code unlocked
 * </pre>
 *
 * <p>A repeated request changes nothing, answers the same, and tells all once more what holds: it
 * usually is repeated because the first answer was lost, and then the telling may be lost as well.
 */
public final class CallRecords {

  /**
   * @param second empty when deleted, like {@code first}
   */
  private record Recorded(
      Pair pair, Instant cooldownExpiry, Optional<Member> first, Optional<Member> second) {

    List<Member> members() {
      return Stream.of(first, second).flatMap(Optional::stream).toList();
    }

    CallRecorded reply() {
      return new CallRecorded(
          cooldownExpiry,
          members().stream()
              .map(member -> new MemberResult(member.userId(), member.metrics(), member.unlocked()))
              .toList());
    }
  }

  private final Database database;
  private final Bus bus;
  private final Timers timers;
  private final Cooldowns cooldowns;
  private final AccessCodes codes;
  private final CallRules rules;

  public CallRecords(
      Database database,
      Bus bus,
      Timers timers,
      Cooldowns cooldowns,
      AccessCodes codes,
      CallRules rules) {
    this.database = database;
    this.bus = bus;
    this.timers = timers;
    this.cooldowns = cooldowns;
    this.codes = codes;
    this.rules = rules;
  }

  /** Stores history of both, metrics, cooldown and credit: all of it, once for each room. */
  public Future<CallRecorded> record(RecordCall call) {
    if (call.firstId().equals(call.secondId())) {
      return Future.failedFuture(ServiceFailure.invalid("a call has two members"));
    }
    if (call.durationSeconds() < 0) {
      return Future.failedFuture(ServiceFailure.invalid("a duration is not negative"));
    }
    return database
        .repeatableTransaction(
            tx ->
                CallTables.claim(tx, call, timers.now())
                    .compose(first -> first ? write(tx, call) : repeat(tx, call.roomId())))
        .map(
            recorded -> {
              announce(recorded);
              return recorded.reply();
            });
  }

  private Future<Recorded> write(SqlConnection tx, RecordCall call) {
    return CallTables.hold(tx, call.firstId(), call.secondId(), timers.now())
        .compose(members -> write(tx, call, members));
  }

  private Future<Recorded> write(SqlConnection tx, RecordCall call, Map<UUID, Member> members) {
    UUID first = call.firstId();
    UUID second = call.secondId();
    Future<Instant> cooldown = cooldown(tx, call, members.size() == 2);
    Future<Optional<Member>> one = outcome(tx, call, members, first, second);
    Future<Optional<Member>> other = outcome(tx, call, members, second, first);
    // All statements are under way at once; only when each has an answer may the transaction end.
    return Future.join(cooldown, one, other)
        .map(
            done ->
                new Recorded(
                    Pair.of(first, second), cooldown.result(), one.result(), other.result()))
        .compose(recorded -> store(tx, call.roomId(), recorded));
  }

  private Future<Instant> cooldown(SqlConnection tx, RecordCall call, boolean bothExist) {
    if (!bothExist || !call.reason().recorded()) {
      return Future.succeededFuture(call.endedAt());
    }
    return cooldowns.prolong(
        tx,
        Pair.of(call.firstId(), call.secondId()),
        call.endedAt().plus(rules.cooldown()),
        CooldownReason.CALL_ENDED);
  }

  private Future<Optional<Member>> outcome(
      SqlConnection tx, RecordCall call, Map<UUID, Member> members, UUID userId, UUID partnerId) {
    Member member = members.get(userId);
    if (member == null || !call.reason().recorded()) {
      return Future.succeededFuture(Optional.ofNullable(member));
    }
    Member partner = members.get(partnerId);
    String partnerName = partner == null ? PersonRow.NOBODY : partner.person().name();
    boolean talked = call.durationSeconds() >= rules.historyMinSeconds();
    Future<Void> history =
        talked
            ? CallTables.history(tx, call, userId, partnerId, partnerName)
            : Future.succeededFuture();
    Future<Boolean> credit =
        call.durationSeconds() >= rules.creditMinSeconds()
            ? CallTables.credit(tx, call, userId, partnerId)
            : Future.succeededFuture(false);
    return Future.join(history, credit)
        .map(
            done -> {
              Member after =
                  talked ? member.talked(call.endedAt(), call.durationSeconds()) : member;
              return Optional.of(credit.result() ? after.credited(rules.creditsToUnlock()) : after);
            });
  }

  private Future<Recorded> store(SqlConnection tx, UUID roomId, Recorded recorded) {
    return Future.join(
            CallTables.finish(
                tx,
                roomId,
                recorded.cooldownExpiry(),
                unlocked(recorded.first()),
                unlocked(recorded.second())),
            store(tx, recorded.first()),
            store(tx, recorded.second()))
        .map(stored -> recorded);
  }

  private Future<Void> store(SqlConnection tx, Optional<Member> someone) {
    return someone.map(member -> store(tx, member)).orElseGet(Future::succeededFuture);
  }

  private Future<Void> store(SqlConnection tx, Member member) {
    Future<Void> updated = CallTables.update(tx, member, timers.now());
    return member.unlocked()
        ? Future.join(updated, codes.unlock(tx, member.userId())).mapEmpty()
        : updated;
  }

  private static boolean unlocked(Optional<Member> someone) {
    return someone.map(Member::unlocked).orElse(false);
  }

  private Future<Recorded> repeat(SqlConnection tx, UUID roomId) {
    return CallTables.recorded(tx, roomId)
        .compose(
            row ->
                CallTables.members(
                        tx, row.getUUID("first_id"), row.getUUID("second_id"), timers.now())
                    .map(members -> recorded(row, members)));
  }

  private static Recorded recorded(Row row, Map<UUID, Member> members) {
    UUID first = row.getUUID("first_id");
    UUID second = row.getUUID("second_id");
    return new Recorded(
        Pair.of(first, second),
        SqlTime.instant(row, "cooldown_expiry"),
        Optional.ofNullable(members.get(first))
            .map(member -> member.withUnlocked(row.getBoolean("first_unlocked"))),
        Optional.ofNullable(members.get(second))
            .map(member -> member.withUnlocked(row.getBoolean("second_unlocked"))));
  }

  private void announce(Recorded recorded) {
    cooldowns.announce(recorded.pair(), recorded.cooldownExpiry());
    recorded.members().stream()
        .filter(Member::unlocked)
        .forEach(member -> bus.publish(UserContract.ACCOUNT_CHANGED, member.changed()));
  }
}
