package com.napalmsky.shared.contract.user;

import com.napalmsky.shared.bus.Endpoint;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How the owner of an account changes or recovers his password, and how an account ends. Coming in
 * is in {@link UserContract}.
 */
public final class AccountContract {

  private AccountContract() {}

  /**
   * {@code POST /auth/password/change}.
   *
   * @param tokenHash of the session that asks, which goes on
   */
  public record ChangePassword(String tokenHash, String currentPassword, String newPassword) {

    @Override
    public String toString() {
      return "ChangePassword[]";
    }
  }

  /** How a change ended. */
  public enum ChangeOutcome {
    CHANGED,
    SESSION_REFUSED,
    /** A guest has no password. */
    NO_PASSWORD,
    PASSWORD_INVALID,
    /** The current password is another one. */
    PASSWORD_WRONG
  }

  public record PasswordChanged(ChangeOutcome outcome) {}

  /**
   * {@code POST /auth/password/reset-request}.
   *
   * @param email as typed
   */
  public record RequestReset(String email) {

    @Override
    public String toString() {
      return "RequestReset[]";
    }
  }

  /** What becomes of a request, whether or not there is such an account. */
  public enum RequestOutcome {
    /** Kept until it is mailed, or until nobody is found to mail to. */
    ACCEPTED,
    EMAIL_INVALID
  }

  public record ResetRequested(RequestOutcome outcome) {}

  /**
   * {@code POST /auth/password/reset}.
   *
   * @param tokenHash SHA-256 of the token in the mailed link, see {@link TokenHash}
   */
  public record ResetPassword(String tokenHash, String newPassword) {

    @Override
    public String toString() {
      return "ResetPassword[]";
    }
  }

  /** How a reset ended. */
  public enum ResetOutcome {
    RESET,
    /** No such token was mailed, or it is long over. */
    TOKEN_UNKNOWN,
    /** The token was used, has expired, or another change of the password has voided it. */
    TOKEN_OVER,
    PASSWORD_INVALID
  }

  /**
   * @param userId whose sessions have ended by it, null unless reset
   */
  public record PasswordReset(ResetOutcome outcome, @Nullable UUID userId) {}

  /**
   * {@code DELETE /user/me}.
   *
   * @param tokenHash of the session that asks
   * @param currentPassword of an account that has one, or null
   */
  public record DeleteAccount(String tokenHash, @Nullable String currentPassword) {

    @Override
    public String toString() {
      return "DeleteAccount[]";
    }
  }

  /** How a deletion ended. */
  public enum DeletionOutcome {
    DELETED,
    SESSION_REFUSED,
    /** The account has a password, and none was given. */
    PASSWORD_NEEDED,
    PASSWORD_WRONG
  }

  public record AccountDeleted(DeletionOutcome outcome) {}

  // bcrypt at cost 12 takes a quarter of a second, and passwords may queue for a worker.
  private static final Duration PASSWORD_LIMIT = Duration.ofSeconds(15);

  public static final Endpoint<ChangePassword, PasswordChanged> CHANGE_PASSWORD =
      Endpoint.of("user.v1.change-password", ChangePassword.class, PasswordChanged.class)
          .within(PASSWORD_LIMIT);
  public static final Endpoint<RequestReset, ResetRequested> REQUEST_RESET =
      Endpoint.of("user.v1.request-reset", RequestReset.class, ResetRequested.class);
  public static final Endpoint<ResetPassword, PasswordReset> RESET_PASSWORD =
      Endpoint.of("user.v1.reset-password", ResetPassword.class, PasswordReset.class)
          .within(PASSWORD_LIMIT);
  public static final Endpoint<DeleteAccount, AccountDeleted> DELETE_ACCOUNT =
      Endpoint.of("user.v1.delete-account", DeleteAccount.class, AccountDeleted.class)
          .within(PASSWORD_LIMIT);
}
