package com.napalmsky.signaling.finish;

import com.napalmsky.shared.contract.user.UserContract.RecordCall;
import com.napalmsky.shared.log.LogKey;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A queue that keeps calls in this process while the shared one does not answer, or is full after
 * all. They are offered to the database like all others, and those it has not taken move to the
 * shared one when that is back. What is still here when the process ends is lost.
 */
final class SparedFinishedCalls implements FinishedCalls {

  private static final Logger LOG = LoggerFactory.getLogger(SparedFinishedCalls.class);

  private final FinishedCalls shared;
  private final FinishedCalls spare;

  SparedFinishedCalls(FinishedCalls shared, FinishedCalls spare) {
    this.shared = shared;
    this.spare = spare;
  }

  @Override
  public Future<Boolean> add(RecordCall call, Instant claimedUntil) {
    return shared
        .add(call, claimedUntil)
        .compose(
            taken ->
                taken ? Future.succeededFuture(true) : spare(call, claimedUntil, "queue is full"),
            cause -> spare(call, claimedUntil, cause.toString()));
  }

  private Future<Boolean> spare(RecordCall call, Instant claimedUntil, String cause) {
    LOG.atWarn()
        .addKeyValue(LogKey.CALL, call.roomId())
        .log("finished call kept in this process cause={}", cause);
    return spare.add(call, claimedUntil);
  }

  @Override
  public Future<List<RecordCall>> claim(int most, Instant now, Instant claimedUntil) {
    return spare
        .claim(most, now, claimedUntil)
        .compose(
            own -> {
              List<Future<Void>> moves =
                  own.stream().map(call -> move(call, claimedUntil)).toList();
              return Future.join(moves)
                  .transform(
                      moved ->
                          own.size() == most
                              ? Future.succeededFuture(own)
                              : shared
                                  .claim(most - own.size(), now, claimedUntil)
                                  .map(more -> joined(own, more))
                                  .recover(away -> Future.succeededFuture(own)));
            });
  }

  /** To the shared queue, claimed: whoever claims it here goes on with it. */
  private Future<Void> move(RecordCall call, Instant claimedUntil) {
    return shared
        .add(call, claimedUntil)
        .compose(
            taken -> taken ? spare.remove(call.roomId()) : Future.succeededFuture(),
            away -> Future.succeededFuture());
  }

  private static List<RecordCall> joined(List<RecordCall> own, List<RecordCall> more) {
    List<RecordCall> all = new ArrayList<>(own);
    all.addAll(more);
    return all;
  }

  @Override
  public Future<Void> postpone(UUID roomId, Instant until) {
    return spare.postpone(roomId, until).compose(done -> shared.postpone(roomId, until));
  }

  @Override
  public Future<Void> remove(UUID roomId) {
    return spare.remove(roomId).compose(done -> shared.remove(roomId));
  }

  @Override
  public Future<Void> setAside(UUID roomId) {
    return spare.setAside(roomId).compose(done -> shared.setAside(roomId));
  }

  @Override
  public Future<Integer> size() {
    return sum(shared.size(), spare.size());
  }

  @Override
  public Future<Optional<Instant>> oldest() {
    return shared
        .oldest()
        .recover(away -> Future.succeededFuture(Optional.empty()))
        .compose(
            there ->
                spare
                    .oldest()
                    .map(
                        here ->
                            Stream.of(there, here)
                                .flatMap(Optional::stream)
                                .min(Comparator.naturalOrder())));
  }

  @Override
  public Future<Integer> asideSize() {
    return sum(shared.asideSize(), spare.asideSize());
  }

  @Override
  public Future<Integer> perishable() {
    return spare.size();
  }

  @Override
  public int bound() {
    return shared.bound();
  }

  /** Of what is shared only what is known. */
  private static Future<Integer> sum(Future<Integer> shared, Future<Integer> spare) {
    return shared
        .recover(away -> Future.succeededFuture(0))
        .compose(many -> spare.map(few -> many + few));
  }
}
