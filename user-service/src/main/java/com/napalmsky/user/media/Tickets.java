package com.napalmsky.user.media;

import com.napalmsky.shared.contract.media.MediaKind;
import com.napalmsky.shared.runtime.Timers;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The uploads that may be under way in this process, a bounded number. One that is not begun in
 * time makes room for another. A newer one of the same user and kind ends the older: a client that
 * lost its connection starts again before we know that it is gone.
 */
final class Tickets {

  private static final Duration LIFE = Duration.ofSeconds(30);
  private static final int SECRET_BYTES = 32;

  private enum Stage {
    WAITING,
    RECEIVING,
    /** All bytes are here; it is carried to its end. */
    RECEIVED
  }

  /** One upload. */
  static final class Ticket {

    private final String text;
    private final UUID userId;
    private final MediaKind kind;
    private final long reservedBytes;
    private final LocalDate day;
    private final Instant until;
    private Stage stage = Stage.WAITING;
    private Runnable displaced = () -> {};

    private Ticket(
        String text,
        UUID userId,
        MediaKind kind,
        long reservedBytes,
        LocalDate day,
        Instant until) {
      this.text = text;
      this.userId = userId;
      this.kind = kind;
      this.reservedBytes = reservedBytes;
      this.day = day;
      this.until = until;
    }

    String text() {
      return text;
    }

    UUID userId() {
      return userId;
    }

    MediaKind kind() {
      return kind;
    }

    /** What its quota was charged with, on {@link #day}. */
    long reservedBytes() {
      return reservedBytes;
    }

    LocalDate day() {
      return day;
    }

    /** From now on it may be displaced by this. */
    void receiving(Runnable displaced) {
      this.displaced = displaced;
    }

    /** From now on it goes on whatever comes. */
    void received() {
      stage = Stage.RECEIVED;
      displaced = () -> {};
    }
  }

  private final Timers timers;
  private final int most;
  private final SecureRandom random;
  private final Map<String, Ticket> open = new HashMap<>();

  Tickets(Timers timers, int most, SecureRandom random) {
    this.timers = timers;
    this.most = most;
    this.random = random;
  }

  /** Whether one more may begin. */
  boolean hasRoom() {
    forgetUnused();
    return open.size() < most;
  }

  /**
   * Makes a ticket, if there is room, and ends the older one of the same user and kind.
   *
   * @param day whose quota was charged
   */
  Optional<Ticket> issue(UUID userId, MediaKind kind, long reservedBytes, LocalDate day) {
    if (!hasRoom()) {
      return Optional.empty();
    }
    for (Ticket older : open.values().toArray(Ticket[]::new)) {
      if (older.userId.equals(userId) && older.kind == kind) {
        if (older.stage == Stage.WAITING) {
          open.remove(older.text);
        } else {
          older.displaced.run();
        }
      }
    }
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    Ticket ticket = new Ticket(text, userId, kind, reservedBytes, day, timers.now().plus(LIFE));
    open.put(text, ticket);
    return Optional.of(ticket);
  }

  /** Begins an upload; empty when there is no such ticket, or not any more, or it was used. */
  Optional<Ticket> use(String text) {
    forgetUnused();
    Ticket ticket = open.get(text);
    if (ticket == null || ticket.stage != Stage.WAITING) {
      return Optional.empty();
    }
    ticket.stage = Stage.RECEIVING;
    return Optional.of(ticket);
  }

  /** An upload is over, however it ended. */
  void close(Ticket ticket) {
    open.remove(ticket.text);
  }

  int size() {
    return open.size();
  }

  int most() {
    return most;
  }

  private void forgetUnused() {
    Instant now = timers.now();
    for (Iterator<Ticket> all = open.values().iterator(); all.hasNext(); ) {
      Ticket ticket = all.next();
      if (ticket.stage == Stage.WAITING && !now.isBefore(ticket.until)) {
        all.remove();
      }
    }
  }
}
