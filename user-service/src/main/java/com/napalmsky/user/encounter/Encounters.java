package com.napalmsky.user.encounter;

import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.bus.Endpoint;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceContract.Location;
import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.shared.contract.signaling.SignalingContract;
import com.napalmsky.shared.contract.signaling.SignalingContract.CallEnded;
import com.napalmsky.shared.contract.signaling.SignalingContract.CallMembers;
import com.napalmsky.shared.contract.signaling.SignalingContract.Describe;
import com.napalmsky.shared.contract.signaling.SignalingContract.Described;
import com.napalmsky.shared.contract.signaling.SignalingContract.EndCall;
import com.napalmsky.shared.contract.signaling.SignalingContract.Locate;
import com.napalmsky.shared.contract.signaling.SignalingContract.Located;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.Rows;
import com.napalmsky.user.database.SqlTime;
import com.napalmsky.user.encounter.Encounter.Kind;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out who met whom, and ends calls. Safe from any context. */
public final class Encounters {

  private static final Logger LOG = LoggerFactory.getLogger(Encounters.class);

  // A client waits through all of them, and the database comes on top.
  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final Endpoint<Locate, Located> LOCATE_CALL =
      SignalingContract.LOCATE.within(LIMIT);
  private static final Endpoint<PresenceContract.Locate, PresenceContract.Located> LOCATE_USERS =
      PresenceContract.LOCATE.within(LIMIT);

  private static final String BY_ROOM =
      "SELECT room_id, first_id, second_id, ended_at FROM finished_calls WHERE room_id = $1";
  private static final String OF_PAIR =
      "SELECT room_id FROM finished_calls WHERE ended_at > $3"
          + " AND ((first_id = $1 AND second_id = $2) OR (first_id = $2 AND second_id = $1))"
          + " ORDER BY ended_at DESC LIMIT 1";

  private final Database database;
  private final Bus bus;
  private final Timers timers;
  private final Duration lately;

  /**
   * @param lately how long ago a call may have ended
   */
  public Encounters(Database database, Bus bus, Timers timers, Duration lately) {
    this.database = database;
    this.bus = bus;
    this.timers = timers;
    this.lately = lately;
  }

  /**
   * How two people met.
   *
   * @param roomId of the call that is meant, or null for the running or the last one
   * @return fails as unavailable when that depends on a service that does not answer
   */
  public Future<Encounter> of(UUID one, UUID other, @Nullable UUID roomId) {
    return roomId == null ? present(one, other) : inRoom(one, other, roomId);
  }

  /**
   * Ends a running call; both members are told.
   *
   * @return whether this ended it; never fails
   */
  public Future<Boolean> end(UUID roomId, EndReason reason) {
    return end(new Locate(roomId), reason)
        .otherwise(
            cause -> {
              LOG.warn("a call could not be ended reason={} cause={}", reason, cause.toString());
              return false;
            });
  }

  private Future<Boolean> end(Locate locate, EndReason reason) {
    return bus.request(LOCATE_CALL, locate)
        .compose(
            located -> {
              String owner = located.owner();
              return owner == null ? Future.succeededFuture(false) : endAt(owner, locate, reason);
            });
  }

  private Future<Boolean> endAt(String owner, Locate locate, EndReason reason) {
    EndCall end = new EndCall(locate.roomId(), reason);
    return bus.request(SignalingContract.END_CALL.at(owner).within(LIMIT), end)
        .map(CallEnded::ended)
        .recover(
            cause ->
                locate.missedAt() == null
                    // An owner that is lost is replaced by whoever is asked for it now.
                    ? end(new Locate(locate.roomId(), owner), reason)
                    : Future.failedFuture(cause));
  }

  private Future<Encounter> inRoom(UUID one, UUID other, UUID roomId) {
    return described(roomId)
        .compose(
            call ->
                call.map(members -> judge(members, one, other, roomId))
                    .orElseGet(() -> stored(one, other, roomId)),
            unknown -> storedOrUnknown(one, other, roomId, unknown));
  }

  /** The call as its owner knows it, running or a tombstone. */
  private Future<Optional<CallMembers>> described(UUID roomId) {
    return bus.request(LOCATE_CALL, new Locate(roomId))
        .compose(
            located ->
                located.owner() == null
                    ? Future.succeededFuture(Optional.empty())
                    : bus.request(
                            SignalingContract.DESCRIBE.at(located.owner()).within(LIMIT),
                            new Describe(roomId))
                        .map(Described::call)
                        .map(Optional::ofNullable));
  }

  private static Future<Encounter> judge(CallMembers call, UUID one, UUID other, UUID roomId) {
    if (!pair(call.first(), call.second(), one, other)) {
      return Future.succeededFuture(Encounter.ANOTHER_CALL);
    }
    return Future.succeededFuture(
        new Encounter(call.running() ? Kind.IN_CALL : Kind.WERE_IN_CALL, roomId));
  }

  private Future<Encounter> stored(UUID one, UUID other, UUID roomId) {
    return find(roomId)
        .map(row -> row.map(found -> judge(found, one, other)).orElse(Encounter.ANOTHER_CALL));
  }

  /** The owner did not answer: what is stored decides, if anything is. */
  private Future<Encounter> storedOrUnknown(
      UUID one, UUID other, UUID roomId, Throwable unanswered) {
    return find(roomId)
        .compose(
            row ->
                row.map(found -> Future.succeededFuture(judge(found, one, other)))
                    .orElseGet(() -> Future.failedFuture(unanswered)));
  }

  private Future<Optional<Row>> find(UUID roomId) {
    return database.read(
        connection -> connection.preparedQuery(BY_ROOM).execute(Tuple.of(roomId)).map(Rows::first));
  }

  private Encounter judge(Row row, UUID one, UUID other) {
    if (!pair(row.getUUID("first_id"), row.getUUID("second_id"), one, other)) {
      return Encounter.ANOTHER_CALL;
    }
    boolean late = SqlTime.instant(row, "ended_at").isAfter(timers.now().minus(lately));
    return late ? new Encounter(Kind.WERE_IN_CALL, row.getUUID("room_id")) : Encounter.NO_CALL;
  }

  private Future<Encounter> present(UUID one, UUID other) {
    return bus.request(LOCATE_USERS, new PresenceContract.Locate(List.of(one, other)))
        .compose(
            located -> {
              UUID shared = shared(located.locations());
              return shared == null
                  ? last(one, other).map(past -> past.orElse(Encounter.NO_CALL))
                  : Future.succeededFuture(new Encounter(Kind.IN_CALL, shared));
            },
            unanswered ->
                last(one, other)
                    .compose(
                        past ->
                            past.map(Future::succeededFuture)
                                .orElseGet(() -> Future.failedFuture(unanswered))));
  }

  /** Presence claims exactly two people for a room. */
  private static @Nullable UUID shared(List<Location> both) {
    UUID room = both.get(0).roomId();
    return room != null && room.equals(both.get(1).roomId()) ? room : null;
  }

  private Future<Optional<Encounter>> last(UUID one, UUID other) {
    Tuple which = Tuple.of(one, other, SqlTime.of(timers.now().minus(lately)));
    return database.read(
        connection ->
            connection
                .preparedQuery(OF_PAIR)
                .execute(which)
                .map(
                    rows ->
                        Rows.first(rows)
                            .map(row -> new Encounter(Kind.WERE_IN_CALL, row.getUUID("room_id")))));
  }

  private static boolean pair(UUID first, UUID second, UUID one, UUID other) {
    return (first.equals(one) && second.equals(other))
        || (first.equals(other) && second.equals(one));
  }
}
