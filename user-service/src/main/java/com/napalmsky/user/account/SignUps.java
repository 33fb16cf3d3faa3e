package com.napalmsky.user.account;

import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.Person;
import com.napalmsky.shared.contract.user.Session;
import com.napalmsky.shared.contract.user.UserContract.SignUp;
import com.napalmsky.shared.contract.user.UserContract.SignUpOutcome;
import com.napalmsky.shared.contract.user.UserContract.SignedUp;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.code.AccessCodes;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.SqlTime;
import com.napalmsky.user.introduction.IntroductionLinks;
import com.napalmsky.user.introduction.IntroductionLinks.Leading;
import com.napalmsky.user.introduction.Introductions;
import com.napalmsky.user.session.Sessions;
import com.napalmsky.user.session.Sessions.Opened;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes newcomers in as guests. Safe from any context. */
public final class SignUps {

  private static final String INSERT =
      "INSERT INTO users (user_id, name, gender, paid_status, invite_code_used, created_at,"
          + " updated_at) VALUES ($1, $2, $3, $4, $5, $6, $6)";
  private static final int LONGEST_NAME = 100;

  private static final SignedUp REFUSED =
      new SignedUp(SignUpOutcome.CODE_REFUSED, null, null, null, null);

  /** Rolls the transaction back; never leaves this class. */
  private static final class CodeRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CodeRefused() {
      super("code refused", null, false, false);
    }
  }

  private final Database database;
  private final Timers timers;
  private final Sessions sessions;
  private final AccessCodes codes;
  private final IntroductionLinks links;
  private final Introductions introductions;
  private final AccessMode mode;

  public SignUps(
      Database database,
      Timers timers,
      Sessions sessions,
      AccessCodes codes,
      IntroductionLinks links,
      Introductions introductions,
      AccessMode mode) {
    this.database = database;
    this.timers = timers;
    this.sessions = sessions;
    this.codes = codes;
    this.links = links;
    this.introductions = introductions;
    this.mode = mode;
  }

  /**
   * Makes a user, takes a use of his access code and opens a session: all of it or nothing. A code
   * is checked and counted in open mode too, although it opens nothing there.
   */
  public Future<SignedUp> signUp(SignUp request) {
    if (!acceptable(request.name())) {
      return Future.failedFuture(ServiceFailure.invalid("a name has 1 to 100 characters"));
    }
    if (request.inviteCode() != null && !AccessCodes.wellFormed(request.inviteCode())) {
      return Future.succeededFuture(REFUSED);
    }
    return database
        .transaction(tx -> signUp(tx, request))
        .map(this::announced)
        .recover(
            cause ->
                cause instanceof CodeRefused
                    ? Future.succeededFuture(REFUSED)
                    : Future.failedFuture(cause));
  }

  private static boolean acceptable(String name) {
    return !name.isBlank()
        && name.codePointCount(0, name.length()) <= LONGEST_NAME
        && name.indexOf('\0') < 0;
  }

  private SignedUp announced(SignedUp signedUp) {
    if (signedUp.introducedTo() != null) {
      introductions.announce(signedUp.introducedTo().userId());
    }
    return signedUp;
  }

  private Future<SignedUp> signUp(SqlConnection tx, SignUp request) {
    UUID userId = UUID.randomUUID();
    return links
        .leading(tx, request.referralCode(), null)
        .compose(
            link ->
                insert(tx, userId, request)
                    .compose(inserted -> introduce(tx, userId, link))
                    .compose(introduced -> takeCode(tx, userId, request.inviteCode()))
                    .compose(taken -> sessions.open(tx, userId, false, request.origin()))
                    .map(opened -> signedUp(request, userId, opened, link)));
  }

  private Future<Void> insert(SqlConnection tx, UUID userId, SignUp request) {
    return tx.preparedQuery(INSERT)
        .execute(
            Tuple.of(
                userId,
                request.name(),
                request.gender().wire(),
                status(request).wire(),
                request.inviteCode(),
                SqlTime.of(timers.now())))
        .mapEmpty();
  }

  private Future<Void> introduce(SqlConnection tx, UUID userId, Optional<Leading> link) {
    return link.map(leading -> introductions.introduce(tx, userId, leading).<Void>mapEmpty())
        .orElseGet(Future::succeededFuture);
  }

  private Future<Void> takeCode(SqlConnection tx, UUID userId, @Nullable String code) {
    if (code == null) {
      return Future.succeededFuture();
    }
    return codes
        .take(tx, code, userId)
        .compose(
            taken -> taken ? Future.succeededFuture() : Future.failedFuture(new CodeRefused()));
  }

  private PaidStatus status(SignUp request) {
    return mode.statusOfANewcomer(request.inviteCode() != null);
  }

  private SignedUp signedUp(SignUp request, UUID userId, Opened opened, Optional<Leading> link) {
    Person person = new Person(userId, request.name(), request.gender(), null, null);
    Session session =
        new Session(
            opened.sessionId(),
            person,
            false,
            status(request),
            BanStatus.NONE,
            false,
            opened.expiresAt());
    return new SignedUp(
        SignUpOutcome.SIGNED_UP,
        opened.token(),
        session,
        link.map(Leading::target).orElse(null),
        request.inviteCode());
  }
}
