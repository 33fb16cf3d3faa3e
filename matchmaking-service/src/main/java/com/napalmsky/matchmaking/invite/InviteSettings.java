package com.napalmsky.matchmaking.invite;

import java.time.Duration;
import java.time.Instant;

/**
 * @param max how many invites may be pending at once; as many ended ones are remembered
 * @param perMinute how many invites one caller may make in a minute
 * @param callersMax of how many callers it is known how many invites they made
 * @param rateLimit how long Redis is waited for to count an invite
 * @param missedMax users to whom events of invites are being told, or wait until they are back
 * @param ttl how long the callee is given to answer
 * @param extension how much longer with each extension
 * @param extensionsMax how often one invite can be extended
 * @param slack how long after that the server still takes an answer
 * @param afterDecline how long a pair is kept apart after a decline
 * @param afterRescind after the caller took his invite back or was lost
 * @param afterTimeout after an invite that was not answered
 */
public record InviteSettings(
    int max,
    int perMinute,
    int callersMax,
    Duration rateLimit,
    int missedMax,
    Duration ttl,
    Duration extension,
    int extensionsMax,
    Duration slack,
    Duration afterDecline,
    Duration afterRescind,
    Duration afterTimeout) {

  // An answer in the last second before that is taken for the client's own countdown.
  private static final Duration LAST_MOMENT = Duration.ofSeconds(1);

  /** When an invite without extensions ends by itself. */
  Instant deadline(Instant createdAt) {
    return createdAt.plus(ttl).plus(slack);
  }

  /** Whether a decline comes so late that it is the countdown's, not the callee's. */
  boolean countsAsTimeout(PendingInvite invite, Instant declinedAt) {
    Instant countdownOver = invite.deadline().minus(slack);
    return !declinedAt.isBefore(countdownOver.minus(LAST_MOMENT));
  }
}
