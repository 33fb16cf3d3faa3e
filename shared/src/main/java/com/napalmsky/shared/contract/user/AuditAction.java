package com.napalmsky.shared.contract.user;

/**
 * What the audit log tells of, a closed set. What is recorded with each: {@code
 * docs/contracts/admin.md}. The log cannot be changed, so a word is never given another meaning.
 */
public enum AuditAction {
  /** The settings named a new admin. */
  ADMIN_MADE("admin.made"),
  /** The settings named another password. */
  ADMIN_PASSWORD_REPLACED("admin.password-replaced"),
  ADMIN_LOG_IN("admin.log-in"),
  /** Unknown name or wrong password. */
  ADMIN_LOG_IN_REFUSED("admin.log-in-refused"),
  /** After too many wrong passwords. */
  ADMIN_LOG_IN_LOCKED("admin.log-in-locked"),
  ADMIN_LOG_OUT("admin.log-out"),
  /** Somebody who may not asked for an admin's route. */
  ADMIN_REFUSED("admin.refused"),
  USER_INSPECTED("user.inspected"),
  USER_ROLE_SET("user.role-set"),
  USER_ROLE_REFUSED("user.role-refused"),
  CALL_ENDED("call.ended"),
  ANNOUNCEMENT_MADE("announcement.made"),
  ANNOUNCEMENT_WITHDRAWN("announcement.withdrawn"),
  /** Enough reports. */
  BAN_APPLIED("ban.applied"),
  BAN_REVIEWED("ban.reviewed"),
  BAN_REVIEW_REFUSED("ban.review-refused"),
  BAN_LIFTED("ban.lifted"),
  BAN_LIFT_REFUSED("ban.lift-refused"),
  IP_BAN_MADE("ip-ban.made"),
  IP_BAN_LIFTED("ip-ban.lifted"),
  CODE_GENERATED("code.generated"),
  CODE_DEACTIVATED("code.deactivated");

  private final String wire;

  AuditAction(String wire) {
    this.wire = wire;
  }

  /** The word on the wire and in the database. */
  public String wire() {
    return wire;
  }
}
