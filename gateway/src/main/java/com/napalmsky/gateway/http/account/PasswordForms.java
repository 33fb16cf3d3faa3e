package com.napalmsky.gateway.http.account;

import com.napalmsky.gateway.http.Fields;
import com.napalmsky.gateway.http.Inbound;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What asks for a password, or sets one. */
final class PasswordForms {

  private static final int LONGEST_EMAIL = 320;
  private static final int LONGEST_PASSWORD = 1000;
  private static final int LONGEST_TOKEN = 1000;

  private PasswordForms() {}

  /**
   * {@code POST /auth/password/change}.
   *
   * @param tokenHash by which guesses at the password are counted
   */
  record Change(String currentPassword, String newPassword, @Nullable String tokenHash) {

    static Change read(Inbound inbound) {
      Fields body = inbound.body();
      return new Change(
          body.text("currentPassword", LONGEST_PASSWORD),
          body.text("newPassword", LONGEST_PASSWORD),
          inbound.tokenHash());
    }

    @Override
    public String toString() {
      return "Change[]";
    }
  }

  /** {@code POST /auth/password/reset-request}. */
  record Request(String email) {

    static Request read(Inbound inbound) {
      return new Request(inbound.body().text("email", LONGEST_EMAIL));
    }

    /** Apart from the attempts to log in as this account, which must not use this up. */
    String account() {
      return "reset " + email.strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
      return "Request[]";
    }
  }

  /** {@code POST /auth/password/reset}. */
  record Reset(String token, String newPassword) {

    static Reset read(Inbound inbound) {
      Fields body = inbound.body();
      return new Reset(
          body.text("token", LONGEST_TOKEN), body.text("newPassword", LONGEST_PASSWORD));
    }

    @Override
    public String toString() {
      return "Reset[]";
    }
  }

  /**
   * {@code DELETE /user/me}.
   *
   * @param currentPassword null when none was sent
   * @param tokenHash by which guesses at the password are counted
   */
  record Deletion(@Nullable String currentPassword, @Nullable String tokenHash) {

    static Deletion read(Inbound inbound) {
      return new Deletion(
          inbound.body().optionalText("currentPassword", LONGEST_PASSWORD), inbound.tokenHash());
    }

    @Override
    public String toString() {
      return "Deletion[]";
    }
  }
}
