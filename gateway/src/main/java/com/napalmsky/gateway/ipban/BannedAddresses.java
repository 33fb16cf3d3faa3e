package com.napalmsky.gateway.ipban;

import com.napalmsky.shared.contract.user.IpBanContract.IpBan;
import com.napalmsky.shared.runtime.Timers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bans of addresses that hold now, as this process knows them. Safe from any context. */
public final class BannedAddresses {

  private static final Logger LOG = LoggerFactory.getLogger(BannedAddresses.class);

  private final Timers timers;
  private final int most;
  private volatile Snapshot snapshot = new Snapshot(Map.of(), List.of());

  /**
   * @param lengths that networks in {@code bans} have, the longest first
   */
  private record Snapshot(Map<IpNetwork, IpBan> bans, List<Integer> lengths) {}

  /**
   * @param most how many bans are kept
   */
  public BannedAddresses(Timers timers, int most) {
    this.timers = timers;
    this.most = most;
  }

  /** Whether nobody is kept out. */
  public boolean isEmpty() {
    return snapshot.bans().isEmpty();
  }

  /**
   * The ban that keeps an address out; of several, that of the smallest network.
   *
   * @param address as {@link com.napalmsky.gateway.limits.ClientAddress} gives it
   */
  public @Nullable IpBan of(String address) {
    if (isEmpty()) {
      return null;
    }
    IpNetwork own = IpNetwork.parse(address);
    return own == null ? null : of(own);
  }

  /** The ban that keeps all addresses of a network out. */
  public @Nullable IpBan of(IpNetwork network) {
    Snapshot known = snapshot;
    for (int length : known.lengths()) {
      IpBan ban = length > network.length() ? null : known.bans().get(network.widened(length));
      if (ban != null && holds(ban)) {
        return ban;
      }
    }
    return null;
  }

  private boolean holds(IpBan ban) {
    return ban.until() == null || ban.until().isAfter(timers.now());
  }

  /**
   * Takes a new list over.
   *
   * @param listed newest first; beyond the bound the oldest are left out
   * @return whether somebody is kept out now who was not before
   */
  public boolean replace(List<IpBan> listed) {
    Map<IpNetwork, IpBan> bans = new HashMap<>();
    TreeSet<Integer> lengths = new TreeSet<>();
    int unreadable = 0;
    for (IpBan ban : listed.subList(0, Math.min(most, listed.size()))) {
      IpNetwork network = IpNetwork.parse(ban.network());
      if (network == null) {
        unreadable++;
      } else if (bans.putIfAbsent(network, ban) == null) {
        lengths.add(network.length());
      }
    }
    if (unreadable > 0 || listed.size() > most) {
      LOG.warn("bans of addresses left out unreadable={} listed={}", unreadable, listed.size());
    }
    Map<IpNetwork, IpBan> before = snapshot.bans();
    snapshot = new Snapshot(Map.copyOf(bans), List.copyOf(lengths.descendingSet()));
    return !before.entrySet().containsAll(bans.entrySet());
  }

  /** How many bans are kept. */
  public int size() {
    return snapshot.bans().size();
  }

  /** How many may be kept. */
  public int most() {
    return most;
  }
}
