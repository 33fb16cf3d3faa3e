package com.napalmsky.matchmaking.overlay;

import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.Cooldown;
import com.napalmsky.shared.contract.user.UserContract.Introduction;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one viewer's lobby is overlaid with. Immutable. */
public final class ViewerOverlay {

  /** Of a viewer of whom nothing is known. */
  public static final ViewerOverlay NONE =
      new ViewerOverlay(Map.of(), Set.of(), Map.of(), Instant.EPOCH);

  // So many entries take about as much memory as the viewer's own record.
  private static final int ENTRIES_PER_UNIT = 32;

  private static final int MOST_TOLD = 1_000;

  private final Map<UUID, Instant> cooldowns;
  private final Set<UUID> hidden;
  private final List<UUID> firstHidden;
  private final Map<UUID, String> introducers;
  private final Instant loadedAt;

  private ViewerOverlay(
      Map<UUID, Instant> cooldowns,
      Set<UUID> hidden,
      Map<UUID, String> introducers,
      Instant loadedAt) {
    this.cooldowns = cooldowns;
    this.hidden = hidden;
    this.firstHidden = hidden.stream().sorted().limit(MOST_TOLD).toList();
    this.introducers = introducers;
    this.loadedAt = loadedAt;
  }

  static ViewerOverlay of(UserContract.Overlay loaded, Instant now) {
    Map<UUID, Instant> cooldowns = new HashMap<>();
    for (Cooldown cooldown : loaded.cooldowns()) {
      cooldowns.put(cooldown.userId(), cooldown.until());
    }
    // An immutable copy would have another order in each process, and a page has the order of its
    // overlay: answers that are equal would not look so to whoever asks two instances in turn.
    Map<UUID, String> introducers = new LinkedHashMap<>();
    loaded.introductions().stream()
        .sorted(Comparator.comparing(Introduction::userId))
        .forEach(one -> introducers.put(one.userId(), one.introducedBy()));
    return new ViewerOverlay(
        Map.copyOf(cooldowns),
        Set.copyOf(loaded.hidden()),
        Collections.unmodifiableMap(introducers),
        now);
  }

  /** The same with one more cooldown; never shortens one, and drops those that are over. */
  ViewerOverlay with(Cooldown started, Instant now) {
    Map<UUID, Instant> running = new HashMap<>(cooldowns);
    running.values().removeIf(until -> !until.isAfter(now));
    running.merge(started.userId(), started.until(), ViewerOverlay::later);
    return new ViewerOverlay(Map.copyOf(running), hidden, introducers, loadedAt);
  }

  /** Until when the viewer and this person may not call each other, or null when they may. */
  public @Nullable Instant cooldown(UUID userId, Instant now) {
    Instant until = cooldowns.get(userId);
    return until != null && until.isAfter(now) ? until : null;
  }

  /** Whether the two must not see each other. */
  public boolean hides(UUID userId) {
    return hidden.contains(userId);
  }

  public Set<UUID> hidden() {
    return hidden;
  }

  /** As many of the hidden as a gateway is told of. */
  public List<UUID> firstHidden() {
    return firstHidden;
  }

  /** Who were introduced to the viewer, each with the name of who did it. */
  public Map<UUID, String> introducers() {
    return introducers;
  }

  Instant loadedAt() {
    return loadedAt;
  }

  /** How much memory it takes, in overlays of usual size. */
  int weight() {
    return 1 + (cooldowns.size() + hidden.size() + introducers.size()) / ENTRIES_PER_UNIT;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
