package com.napalmsky.user.introduction;

import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.user.IntroductionContract;
import com.napalmsky.shared.contract.user.IntroductionContract.FollowLink;
import com.napalmsky.shared.contract.user.IntroductionContract.FollowOutcome;
import com.napalmsky.shared.contract.user.IntroductionContract.FollowedLink;
import com.napalmsky.shared.contract.user.IntroductionContract.GetIntroductions;
import com.napalmsky.shared.contract.user.IntroductionContract.Newcomer;
import com.napalmsky.shared.contract.user.IntroductionContract.Notification;
import com.napalmsky.shared.contract.user.IntroductionContract.RemoveIntroduction;
import com.napalmsky.shared.contract.user.IntroductionContract.RemovedIntroduction;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.OverlayChanged;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.Rows;
import com.napalmsky.user.database.SqlTime;
import com.napalmsky.user.introduction.IntroductionLinks.Leading;
import com.napalmsky.user.profile.PersonRow;
import com.napalmsky.user.profile.Visibility;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who was introduced to whom. Safe from any context. */
public final class Introductions {

  // Held until the commit, so that an upload that completes the profile at the same time comes
  // wholly before, and is seen here, or wholly after, and sees the introduction.
  private static final String HOLD_FOLLOWER =
      "SELECT 1 FROM users WHERE user_id = $1 FOR NO KEY UPDATE";
  private static final String INTRODUCE =
      "INSERT INTO introductions"
          + " (introduction_id, target_id, newcomer_id, introduced_by, via_code, introduced_at)"
          + " VALUES ($1, $2, $3, $4, $5, $6)"
          + " ON CONFLICT (target_id, newcomer_id) DO NOTHING";
  private static final String STANDS =
      "SELECT 1 FROM introductions WHERE target_id = $1 AND newcomer_id = $2";
  private static final String GET =
      "SELECT "
          + PersonRow.COLUMNS
          + ", i.introduced_at, "
          + PersonRow.nameOrGone("b")
          + " AS introducer_name FROM introductions i JOIN users u ON u.user_id = i.newcomer_id"
          + " LEFT JOIN users b ON b.user_id = i.introduced_by"
          + " WHERE i.target_id = $1 AND i.removed_at IS NULL AND "
          + Visibility.notBanned("u", "$3")
          + " AND "
          + Visibility.notHidden("i.target_id", "i.newcomer_id")
          + " ORDER BY i.introduced_at DESC, i.introduction_id LIMIT $2";
  private static final String REMOVE =
      "UPDATE introductions SET removed_at = coalesce(removed_at, $3)"
          + " WHERE target_id = $1 AND newcomer_id = $2";

  /**
   * @param overlayOf whose lobby looks different now, or null
   * @param made notifications that have come into being
   */
  private record Followed(FollowedLink reply, @Nullable UUID overlayOf, List<Notification> made) {

    static Followed nobody(FollowOutcome outcome) {
      return new Followed(new FollowedLink(outcome, null, null, false), null, List.of());
    }

    static Followed target(Leading link, boolean introduced) {
      return new Followed(
          new FollowedLink(FollowOutcome.FOLLOWED, link.target(), link.makerName(), introduced),
          null,
          List.of());
    }
  }

  private final Database database;
  private final Bus bus;
  private final Timers timers;
  private final IntroductionLinks links;
  private final Notifications notifications;
  private final int most;

  public Introductions(
      Database database,
      Bus bus,
      Timers timers,
      IntroductionLinks links,
      Notifications notifications,
      IntroductionRules rules) {
    this.database = database;
    this.bus = bus;
    this.timers = timers;
    this.links = links;
    this.notifications = notifications;
    this.most = rules.most();
  }

  /**
   * Introduces somebody to the target of a link, inside the caller's transaction, where his row
   * exists.
   *
   * @return whether he was not introduced to this target before; the target's viewers are to be
   *     told then with {@link #announce} after the commit
   */
  public Future<Boolean> introduce(SqlConnection tx, UUID newcomerId, Leading link) {
    return tx.preparedQuery(INTRODUCE)
        .execute(
            Tuple.of(
                UUID.randomUUID(),
                link.target().userId(),
                newcomerId,
                link.makerId(),
                link.code(),
                SqlTime.of(timers.now())))
        .map(inserted -> inserted.rowCount() == 1);
  }

  /** Tells all that what this user's lobby is overlaid with is different; after the commit. */
  public void announce(UUID targetId) {
    bus.publish(UserContract.OVERLAY_CHANGED, new OverlayChanged(List.of(targetId)));
  }

  /** Has a registered user follow a link. */
  public Future<FollowedLink> follow(FollowLink request) {
    return database
        .repeatableTransaction(tx -> follow(tx, request))
        .recover(
            cause ->
                // The target or the maker was deleted meanwhile.
                Database.namesAMissingRow(cause)
                    ? Future.succeededFuture(Followed.nobody(FollowOutcome.NO_SUCH_LINK))
                    : Future.failedFuture(cause))
        .map(
            followed -> {
              if (followed.overlayOf() != null) {
                announce(followed.overlayOf());
              }
              notifications.announce(followed.made());
              return followed.reply();
            });
  }

  private Future<Followed> follow(SqlConnection tx, FollowLink request) {
    return tx.preparedQuery(HOLD_FOLLOWER)
        .execute(Tuple.of(request.followerId()))
        .compose(held -> links.leading(tx, request.code(), request.followerId()))
        .compose(
            found ->
                found
                    .map(link -> follow(tx, request.followerId(), link))
                    .orElseGet(
                        () -> Future.succeededFuture(Followed.nobody(FollowOutcome.NO_SUCH_LINK))));
  }

  private Future<Followed> follow(SqlConnection tx, UUID followerId, Leading link) {
    if (link.target().userId().equals(followerId)) {
      return Future.succeededFuture(Followed.nobody(FollowOutcome.OWN_LINK));
    }
    if (link.makerId().equals(followerId)) {
      // Nobody introduces himself; but somebody else may have.
      return tx.preparedQuery(STANDS)
          .execute(Tuple.of(link.target().userId(), followerId))
          .map(rows -> Followed.target(link, rows.size() > 0));
    }
    return introduce(tx, followerId, link)
        .compose(
            fresh ->
                notifications
                    .profileStored(tx, followerId)
                    .map(
                        made ->
                            new Followed(
                                Followed.target(link, true).reply(),
                                fresh ? link.target().userId() : null,
                                made)));
  }

  /** Who was introduced to a user. */
  public Future<IntroductionContract.Introductions> get(GetIntroductions request) {
    return database.read(
        connection ->
            connection
                .preparedQuery(GET)
                .execute(Tuple.of(request.userId(), most, SqlTime.of(timers.now())))
                .map(
                    rows ->
                        new IntroductionContract.Introductions(
                            Rows.all(rows, Introductions::newcomer))));
  }

  private static Newcomer newcomer(Row row) {
    return new Newcomer(
        PersonRow.person(row),
        row.getString("introducer_name"),
        SqlTime.instant(row, "introduced_at"));
  }

  /** Takes an introduction out of the target's sight, for good. */
  public Future<RemovedIntroduction> remove(RemoveIntroduction request) {
    return database
        .read(
            connection ->
                connection
                    .preparedQuery(REMOVE)
                    .execute(
                        Tuple.of(request.userId(), request.newcomerId(), SqlTime.of(timers.now()))))
        .map(
            rows -> {
              if (rows.rowCount() > 0) {
                announce(request.userId());
              }
              return new RemovedIntroduction(rows.rowCount() > 0);
            });
  }
}
