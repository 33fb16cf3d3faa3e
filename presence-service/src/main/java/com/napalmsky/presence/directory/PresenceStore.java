package com.napalmsky.presence.directory;

import com.napalmsky.presence.user.User;
import com.napalmsky.presence.user.UserEvent;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.presence.PresenceContract.Changed;
import com.napalmsky.shared.contract.presence.PresenceContract.ClaimPair;
import com.napalmsky.shared.contract.presence.PresenceContract.Counted;
import com.napalmsky.shared.contract.presence.PresenceContract.GatewayLost;
import com.napalmsky.shared.contract.presence.PresenceContract.HeldPage;
import com.napalmsky.shared.contract.presence.PresenceContract.PairClaimed;
import com.napalmsky.shared.contract.presence.PresenceContract.SnapshotPage;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps every user that is connected, or was a moment ago.
 *
 * <p>Each operation is one step that nothing can come between, and carries out {@link
 * com.napalmsky.presence.user.Transitions} whole: it reads, decides and writes. What it changed, it
 * has numbered: the facts it returns bear consecutive offsets of one stream, and it is the caller's
 * to announce them. An operation that changes no state returns no fact. Futures fail when the store
 * cannot be reached.
 */
interface PresenceStore {

  /**
   * @param user after the event
   * @param evicted the socket that gave way, or null
   * @param change what to announce, or null when the state is what it was
   */
  record Applied(User user, @Nullable SocketRef evicted, @Nullable Changed change) {}

  /**
   * @param changes what to announce, in order
   */
  record Claimed(PairClaimed reply, List<Changed> changes) {}

  /**
   * @param changes what to announce, in order
   * @param next the earliest deadline of those still in grace, which may have come already; null
   *     when nobody is
   */
  record Expired(List<Changed> changes, @Nullable Instant next) {}

  /**
   * @param changes what to announce, in order
   * @param gateways those that lost sockets, to be announced before the changes
   * @param sockets how many were lost
   * @param more whether there is more to do at once
   */
  record Lapsed(List<Changed> changes, List<GatewayLost> gateways, int sockets, boolean more) {}

  /**
   * @param id of the lease: another one than before means that sockets of the gateway may be
   *     forgotten, and that it has to say anew which it has
   */
  record Lease(String id) {}

  /**
   * @param users kept now
   * @param most that may be kept
   * @param refused how often a new user was refused since the start
   */
  record Load(int users, int most, long refused) {}

  /**
   * Lets one event happen to one user. Fails with OVERLOADED, and changes nothing, when it would
   * make one user more than may be kept.
   */
  Future<Applied> apply(UUID userId, UserEvent event, Instant now);

  /** Claims two different users for a call, or neither. */
  Future<Claimed> claim(ClaimPair claim);

  /** Ends graces whose deadline has come, the earliest first, at most so many at once. */
  Future<Expired> expire(Instant now, int atMost);

  /**
   * Renews a gateway's lease, or gives it a new one. A gateway that connects a socket without a
   * lease has one that it must renew like any other.
   *
   * @param gateway as in {@link SocketRef#gateway}
   */
  Future<Lease> renewLease(String gateway, Instant now);

  /** Has a gateway's lease end now, if it has one; when it was last seen is remembered. */
  Future<Void> endLease(String gateway, Instant now);

  /**
   * Loses the sockets of gateways whose lease has ended, of so many users at most. Others may do
   * the same meanwhile, or go on with what was left: each socket is lost once.
   */
  Future<Lapsed> lapse(Instant now, int atMost);

  /**
   * Whose sockets a gateway has, by the text of the users' ids, beginning after the one given.
   *
   * @param after null for the beginning
   */
  Future<HeldPage> held(String gateway, @Nullable UUID after, int limit);

  /** The users of these ids in the same order; {@link User#GONE} for who is not kept. */
  Future<List<User>> find(List<UUID> userIds);

  /**
   * Those available, by the text of their id, beginning after the one given.
   *
   * @param after null for the beginning
   */
  Future<SnapshotPage> available(@Nullable UUID after, int limit);

  /** How many users are in each state; costs the same however many there are. */
  Future<Counted> count();

  /** Which store this is and whether it can be reached, as details of presence's health. */
  Map<String, String> health();

  /** How full the store is. */
  Future<Load> load();
}
