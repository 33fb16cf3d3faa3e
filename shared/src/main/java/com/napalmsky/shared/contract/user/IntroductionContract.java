package com.napalmsky.shared.contract.user;

import com.napalmsky.shared.bus.Endpoint;
import com.napalmsky.shared.bus.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Introductions: A makes a link that leads to B, C follows it, B hears of C. What other services
 * may ask of user-service about them. Whatever an operation changed is committed when it answers.
 *
 * <p>Two people who are hidden from each other by a report or a block, and people who are banned,
 * are to each other as if they were not there: no outcome tells the difference.
 */
public final class IntroductionContract {

  private IntroductionContract() {}

  /** {@code POST /referral/generate}; the two are different people. */
  public record MakeLink(UUID makerId, UUID targetId) {}

  /** How the making of a link ended. */
  public enum MakeOutcome {
    MADE,
    /** There is no such person, or none to whom the maker may lead others. */
    NO_SUCH_PERSON,
    /** The maker has made as many links as he may in a day. */
    TOO_MANY
  }

  /**
   * @param code 10 characters of {@code A–Z0–9}; null unless made
   * @param targetName null unless made
   * @param retryAt when the next link can be made; null unless there are too many
   */
  public record MadeLink(
      MakeOutcome outcome,
      @Nullable String code,
      @Nullable String targetName,
      @Nullable Instant retryAt) {}

  /**
   * {@code GET /referral/info/:code} and {@code GET /referral/target-status/:code}.
   *
   * @param code as sent, in upper case
   * @param viewerId who looks, or null for a stranger
   */
  public record FindLink(String code, @Nullable UUID viewerId) {}

  /**
   * @param target to whom the link leads; null when it is unknown, too old, revoked, or leads
   *     nowhere for this viewer
   * @param introducedBy the name of its maker; null without a target
   */
  public record FoundLink(@Nullable Person target, @Nullable String introducedBy) {}

  /**
   * {@code POST /referral/direct-match}: a user of ours follows a link. Idempotent.
   *
   * @param code as sent, in upper case
   */
  public record FollowLink(String code, UUID followerId) {}

  /** How the following of a link ended. */
  public enum FollowOutcome {
    FOLLOWED,
    /** Unknown, too old, revoked, or it leads nowhere for this user. */
    NO_SUCH_LINK,
    /** It leads to the follower himself. */
    OWN_LINK
  }

  /**
   * @param target to whom the link leads; null unless followed
   * @param introducedBy the name of its maker; null unless followed
   * @param introduced whether the follower was introduced to the target, now or before; nobody is
   *     by his own link
   */
  public record FollowedLink(
      FollowOutcome outcome,
      @Nullable Person target,
      @Nullable String introducedBy,
      boolean introduced) {}

  /** {@code GET /referral/links}. */
  public record GetLinks(UUID userId) {}

  /** A link that still leads somewhere, as its maker and its target see it. */
  public record Link(
      String code,
      UUID makerId,
      String makerName,
      UUID targetId,
      String targetName,
      Instant createdAt,
      Instant expiresAt) {}

  /**
   * @param links made by the user or leading to him, newest first
   */
  public record Links(List<Link> links) {
    public Links {
      links = List.copyOf(links);
    }
  }

  /**
   * {@code DELETE /referral/links/:code}. Idempotent. Who was introduced by the link stays so.
   *
   * @param userId the maker or the target
   */
  public record RevokeLink(UUID userId, String code) {}

  /**
   * @param known whether there is such a link of this user
   */
  public record RevokedLink(boolean known) {}

  /** {@code GET /referral/my-introductions}. */
  public record GetIntroductions(UUID userId) {}

  /** Somebody who was introduced to the asker. */
  public record Newcomer(Person person, String introducedBy, Instant introducedAt) {}

  /**
   * @param newcomers newest first
   */
  public record Introductions(List<Newcomer> newcomers) {
    public Introductions {
      newcomers = List.copyOf(newcomers);
    }
  }

  /**
   * {@code DELETE /referral/introductions/:userId}. Idempotent. The newcomer can be introduced to
   * this user never again, and is not told.
   *
   * @param userId to whom he was introduced
   */
  public record RemoveIntroduction(UUID userId, UUID newcomerId) {}

  /**
   * @param known whether there is such an introduction
   */
  public record RemovedIntroduction(boolean known) {}

  /**
   * {@code GET /referral/notifications}, and what a user is told when he signs in.
   *
   * @param unreadOnly leaves out what he has read
   */
  public record GetNotifications(UUID userId, boolean unreadOnly) {}

  /**
   * The news that somebody with selfie and video was introduced to a user; one for each of the two.
   *
   * @param introducedBy null when that account is deleted
   * @param at when the newcomer's profile was complete
   */
  public record Notification(
      UUID id,
      UUID forUserId,
      UUID newcomerId,
      String newcomerName,
      @Nullable UUID introducedBy,
      String introducedByName,
      Instant at,
      boolean read) {}

  /**
   * @param notifications newest first
   * @param unread how many there are in all, also beyond those listed
   */
  public record Notifications(List<Notification> notifications, int unread) {
    public Notifications {
      notifications = List.copyOf(notifications);
    }
  }

  /** {@code PUT /referral/notifications/:id/read}. Idempotent; unknown ids are nothing. */
  public record MarkRead(UUID userId, UUID notificationId) {}

  public record MarkedRead() {}

  /** A notification has come into being: for every socket of its user. Sent after the commit. */
  public record Notified(Notification notification) {}

  private static final Duration TRANSACTION_LIMIT = Duration.ofSeconds(10);

  public static final Endpoint<MakeLink, MadeLink> MAKE_LINK =
      Endpoint.of("user.v1.make-introduction-link", MakeLink.class, MadeLink.class)
          .within(TRANSACTION_LIMIT);
  public static final Endpoint<FindLink, FoundLink> FIND_LINK =
      Endpoint.of("user.v1.find-introduction-link", FindLink.class, FoundLink.class);
  public static final Endpoint<FollowLink, FollowedLink> FOLLOW_LINK =
      Endpoint.of("user.v1.follow-introduction-link", FollowLink.class, FollowedLink.class)
          .within(TRANSACTION_LIMIT);
  public static final Endpoint<GetLinks, Links> GET_LINKS =
      Endpoint.of("user.v1.get-introduction-links", GetLinks.class, Links.class);
  public static final Endpoint<RevokeLink, RevokedLink> REVOKE_LINK =
      Endpoint.of("user.v1.revoke-introduction-link", RevokeLink.class, RevokedLink.class);
  public static final Endpoint<GetIntroductions, Introductions> GET_INTRODUCTIONS =
      Endpoint.of("user.v1.get-introductions", GetIntroductions.class, Introductions.class);
  public static final Endpoint<RemoveIntroduction, RemovedIntroduction> REMOVE_INTRODUCTION =
      Endpoint.of(
          "user.v1.remove-introduction", RemoveIntroduction.class, RemovedIntroduction.class);
  public static final Endpoint<GetNotifications, Notifications> GET_NOTIFICATIONS =
      Endpoint.of(
          "user.v1.get-introduction-notifications", GetNotifications.class, Notifications.class);
  public static final Endpoint<MarkRead, MarkedRead> MARK_READ =
      Endpoint.of("user.v1.mark-introduction-read", MarkRead.class, MarkedRead.class);

  public static final Topic<Notified> NOTIFIED =
      new Topic<>("user.v1.introduction-notified", Notified.class);
}
