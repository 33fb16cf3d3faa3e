package com.napalmsky.importold.people;

import com.napalmsky.importold.old.OldRow;
import com.napalmsky.importold.step.Batch;
import com.napalmsky.importold.step.Outcome;
import com.napalmsky.user.credential.EmailAddress;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * E-mail and password hash of an old account: both or neither.
 *
 * @param email in lower case, as our login looks for it
 */
record Login(@Nullable String email, @Nullable String hash) {

  private static final Login NONE = new Login(null, null);

  // Costs beyond 15 would keep a worker busy for minutes.
  private static final Pattern BCRYPT =
      Pattern.compile("\\$2[abxy]\\$(0[4-9]|1[0-5])\\$[./A-Za-z0-9]{53}");

  /** The address that a row claims, if it can be right. */
  static Optional<String> address(OldRow row) {
    return row.word("email").flatMap(EmailAddress::of).map(EmailAddress::text);
  }

  static Login of(OldRow row, UUID user, Batch batch, Outcome outcome) {
    Optional<String> typed = row.word("email");
    Optional<String> hash = row.word("password_hash");
    if (typed.isEmpty() && hash.isEmpty()) {
      return NONE;
    }
    Optional<String> address = address(row);
    if (typed.isEmpty() || hash.isEmpty()) {
      return without(outcome, "guest now: only one of e-mail and password was there");
    }
    if (address.isEmpty()) {
      return without(outcome, "guest now: what was taken for an e-mail address is none");
    }
    if (!BCRYPT.matcher(hash.get()).matches()) {
      return without(outcome, "guest now: the password is not a usable bcrypt hash");
    }
    if (row.whole("email_rank", 1, Integer.MAX_VALUE).orElse(1L) > 1) {
      return without(outcome, "guest now: an older account has the same e-mail in another case");
    }
    UUID holder = batch.emailHolders().putIfAbsent(address.get(), user);
    return holder == null || holder.equals(user)
        ? new Login(address.get(), hash.get())
        : without(outcome, "guest now: another account here has the e-mail");
  }

  private static Login without(Outcome outcome, String why) {
    outcome.changed(why);
    return NONE;
  }

  @Override
  public String toString() {
    return "Login[]";
  }
}
