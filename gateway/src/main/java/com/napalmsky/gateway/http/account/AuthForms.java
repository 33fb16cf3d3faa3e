package com.napalmsky.gateway.http.account;

import com.napalmsky.gateway.http.Fields;
import com.napalmsky.gateway.http.Inbound;
import com.napalmsky.gateway.http.Refusal;
import com.napalmsky.gateway.http.code.CodeText;
import com.napalmsky.shared.contract.user.Gender;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What {@code /auth/*} reads from its requests. */
final class AuthForms {

  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_CODE = 100;
  private static final int LONGEST_EMAIL = 320;
  private static final int LONGEST_PASSWORD = 1000;
  private static final int LONGEST_TOKEN = 1000;

  private AuthForms() {}

  /** {@code POST /auth/guest}. */
  record Guest(
      String name, Gender gender, @Nullable String referralCode, @Nullable String inviteCode) {

    static Guest read(Inbound inbound) {
      Fields body = inbound.body();
      String name = name(body);
      Gender gender =
          Gender.ofWire(body.text("gender", LONGEST_NAME))
              .orElseThrow(
                  () ->
                      Refusal.field(
                          "gender", "must be one of female, male, nonbinary, unspecified"));
      return new Guest(
          name, gender, body.optionalText("referralCode", LONGEST_CODE), inviteCode(body));
    }

    private static String name(Fields body) {
      // Longer than allowed by the blanks around it.
      String name = body.text("name", 4 * LONGEST_NAME).strip();
      if (name.codePointCount(0, name.length()) > LONGEST_NAME) {
        throw Refusal.field("name", "must have at most " + LONGEST_NAME + " characters");
      }
      if (name.chars().anyMatch(Character::isISOControl)) {
        throw Refusal.field("name", "must not contain control characters");
      }
      return name;
    }

    private static @Nullable String inviteCode(Fields body) {
      String code = CodeText.optional(body, "inviteCode");
      if (code != null && !CodeText.isCode(code)) {
        throw Refusal.field("inviteCode", "must be 16 letters and digits");
      }
      return code;
    }
  }

  /** {@code POST /auth/link}. */
  record Link(String token, String email, String password, @Nullable String currentPassword) {

    static Link read(Inbound inbound) {
      Fields body = inbound.body();
      return new Link(
          body.text("sessionToken", LONGEST_TOKEN),
          body.text("email", LONGEST_EMAIL),
          body.text("password", LONGEST_PASSWORD),
          body.optionalText("currentPassword", LONGEST_PASSWORD));
    }

    @Override
    public String toString() {
      return "Link[]";
    }
  }

  /** {@code POST /auth/login}. */
  record LogIn(String email, String password) {

    static LogIn read(Inbound inbound) {
      Fields body = inbound.body();
      return new LogIn(body.text("email", LONGEST_EMAIL), body.text("password", LONGEST_PASSWORD));
    }

    /** As user-service compares it. */
    String account() {
      return email.strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
      return "LogIn[]";
    }
  }
}
