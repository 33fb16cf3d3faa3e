package com.napalmsky.shared.contract.user;

import com.napalmsky.shared.bus.Endpoint;
import com.napalmsky.shared.bus.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What admins tell everybody. See {@code docs/contracts/admin.md}. */
public final class AnnouncementContract {

  private AnnouncementContract() {}

  /** A text has at most so many characters. */
  public static final int LONGEST_TEXT = 500;

  /** So many can be in force at a time. */
  public static final int MOST = 20;

  /** An announcement lasts at most so long. */
  public static final Duration LONGEST_LIFE = Duration.ofDays(30);

  /**
   * Something that everybody is told.
   *
   * @param text plain; clients show it as it is
   */
  public record Announcement(UUID id, String text, Instant madeAt, Instant endsAt) {}

  /**
   * {@code POST /admin/announcements}. Written to the audit log in the same transaction.
   *
   * @param text 1 to {@link #LONGEST_TEXT} characters
   * @param endsAt in the future, at most {@link #LONGEST_LIFE} from now
   */
  public record Announce(String text, Instant endsAt, Actor actor) {}

  /**
   * @param announcement null when as many as may be are in force
   */
  public record Announced(@Nullable Announcement announcement) {}

  /** {@code DELETE /admin/announcements/{id}}. Written to the audit log in the same transaction. */
  public record Withdraw(UUID id, Actor actor) {}

  /**
   * @param found whether it was in force
   */
  public record Withdrawn(boolean found) {}

  /** {@code GET /announcements}: those in force, newest first. */
  public record ListAnnouncements() {}

  public record Announcements(List<Announcement> announcements) {
    public Announcements {
      announcements = List.copyOf(announcements);
    }
  }

  /** Where an announcement stands. */
  public enum AnnouncementState {
    IN_FORCE,
    /** Its time came. */
    ENDED,
    WITHDRAWN;

    /** The word on the wire. */
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * {@code GET /admin/announcements}: all there ever were, newest first.
   *
   * @param state only those that stand so now, or null
   * @param limit brought into 1–200
   */
  public record ListAllAnnouncements(
      @Nullable AnnouncementState state, @Nullable Cursor before, int limit) {}

  /**
   * An announcement as admins see it.
   *
   * @param madeBy null when that admin's account is gone
   * @param withdrawnAt set when withdrawn
   */
  public record KeptAnnouncement(
      Announcement announcement,
      AnnouncementState state,
      @Nullable UUID madeBy,
      @Nullable Instant withdrawnAt) {}

  /**
   * @param next where the next page begins, null when there is none
   */
  public record AllAnnouncements(List<KeptAnnouncement> announcements, @Nullable Cursor next) {
    public AllAnnouncements {
      announcements = List.copyOf(announcements);
    }
  }

  /** Everybody who is signed in is told. */
  public record AnnouncementMade(Announcement announcement) {}

  /** Whoever shows it stops doing so. */
  public record AnnouncementWithdrawn(UUID id) {}

  public static final Endpoint<Announce, Announced> ANNOUNCE =
      Endpoint.of("user.v1.announce", Announce.class, Announced.class);
  public static final Endpoint<Withdraw, Withdrawn> WITHDRAW =
      Endpoint.of("user.v1.withdraw-announcement", Withdraw.class, Withdrawn.class);
  public static final Endpoint<ListAnnouncements, Announcements> LIST =
      Endpoint.of("user.v1.list-announcements", ListAnnouncements.class, Announcements.class);
  public static final Endpoint<ListAllAnnouncements, AllAnnouncements> LIST_ALL =
      Endpoint.of(
          "user.v1.list-all-announcements", ListAllAnnouncements.class, AllAnnouncements.class);

  public static final Topic<AnnouncementMade> MADE =
      new Topic<>("user.v1.announcement-made", AnnouncementMade.class);
  public static final Topic<AnnouncementWithdrawn> WITHDRAWN =
      new Topic<>("user.v1.announcement-withdrawn", AnnouncementWithdrawn.class);
}
