package com.napalmsky.user.profile;

/** Who is there for whom, as conditions of a query. */
public final class Visibility {

  private Visibility() {}

  /**
   * The user may take part. A temporary ban that ran out is none, as in {@link
   * PersonRow#banStatus}.
   *
   * @param user the alias of a row of {@code users}
   * @param now an expression for the present time
   */
  public static String notBanned(String user, String now) {
    return "("
        + user
        + ".ban_status IN ('none', 'vindicated') OR "
        + user
        + ".banned_until <= "
        + now
        + ")";
  }

  /**
   * Neither has reported or blocked the other.
   *
   * @param one an expression for an id
   * @param other likewise
   */
  public static String notHidden(String one, String other) {
    String pair = " IN ((" + one + ", " + other + "), (" + other + ", " + one + "))";
    return "NOT EXISTS (SELECT FROM reports WHERE (reporter_user_id, reported_user_id)"
        + pair
        + ") AND NOT EXISTS (SELECT FROM blocks WHERE (blocker_id, blocked_id)"
        + pair
        + ")";
  }
}
