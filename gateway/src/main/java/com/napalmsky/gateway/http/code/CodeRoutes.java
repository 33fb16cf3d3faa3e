package com.napalmsky.gateway.http.code;

import com.napalmsky.gateway.auth.SessionCache;
import com.napalmsky.gateway.http.Access;
import com.napalmsky.gateway.http.Answer;
import com.napalmsky.gateway.http.Caller;
import com.napalmsky.gateway.http.Operation;
import com.napalmsky.gateway.limits.Limit;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.user.CodeContract;
import com.napalmsky.shared.contract.user.CodeContract.ApplyCode;
import com.napalmsky.shared.contract.user.CodeContract.CodeApplied;
import com.napalmsky.shared.contract.user.CodeContract.CodeState;
import com.napalmsky.shared.contract.user.CodeContract.CodeValidated;
import com.napalmsky.shared.contract.user.CodeContract.ValidateCode;
import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.TokenHash;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** Codes for everybody: {@code apply-code}, {@code validate-code} and the QR image. */
public final class CodeRoutes {

  private static final String UNKNOWN = "This access code is unknown";
  private static final String INACTIVE = "This access code is not active";
  private static final String USED_UP = "This access code is used up";
  private static final String A_DAY = "public, max-age=86400";

  private final Bus bus;
  private final SessionCache sessions;
  private final QrImages images;
  private final Function<Callable<Buffer>, Future<Buffer>> worker;

  /**
   * @param worker runs what would hold an event loop up
   */
  public CodeRoutes(
      Bus bus,
      SessionCache sessions,
      QrImages images,
      Function<Callable<Buffer>, Future<Buffer>> worker) {
    this.bus = bus;
    this.sessions = sessions;
    this.images = images;
    this.worker = worker;
  }

  /** All of them. */
  public List<Operation<?>> operations() {
    return List.of(
        Operation.post("/payment/apply-code", Access.SESSION, Limit.PAYMENT, Limit.CODE_GUESSES)
            .reading(inbound -> CodeText.required(inbound.body(), "inviteCode"))
            .answeredBy(this::apply),
        Operation.post("/payment/validate-code", Access.OPEN, Limit.VISITORS, Limit.CODE_GUESSES)
            .reading(inbound -> CodeText.required(inbound.body(), "code"))
            .answeredBy(this::validate),
        Operation.get("/payment/qr/{code}", Access.OPEN, Limit.VISITORS)
            .reading(inbound -> CodeText.required(inbound.path(), "code"))
            .answeredBy(this::image));
  }

  private Future<Answer> apply(Caller caller, String code) {
    return bus.request(CodeContract.APPLY_CODE, new ApplyCode(caller.userId(), code))
        .map(applied -> applied(caller, applied));
  }

  private Answer applied(Caller caller, CodeApplied applied) {
    return switch (applied.outcome()) {
      case APPLIED -> {
        // The announcement is on its way; whoever gets this answer must find the door open.
        String token = caller.inbound().token();
        if (token != null) {
          sessions.forget(TokenHash.of(token));
        }
        yield Answer.ok(
            out -> {
              out.writeBooleanField("success", true);
              out.writeStringField("paidStatus", PaidStatus.QR_GRACE_PERIOD.wire());
              out.writeBooleanField("qrUnlocked", false);
              out.writeNumberField("sessionsNeeded", applied.sessionsNeeded());
            });
      }
      case HAS_ACCESS -> Answer.error(400, "You have access already");
      case UNKNOWN -> Answer.wrongGuess(403, UNKNOWN);
      case INACTIVE -> Answer.wrongGuess(403, INACTIVE);
      case USED_UP -> Answer.wrongGuess(403, USED_UP);
      case OWN_CODE -> Answer.wrongGuess(403, "This is the code for your friends");
      case USER_GONE -> Answer.error(404, "This account does not exist any more");
    };
  }

  private Future<Answer> validate(Caller caller, String code) {
    return CodeText.isCode(code)
        ? bus.request(CodeContract.VALIDATE_CODE, new ValidateCode(code)).map(CodeRoutes::validated)
        : Future.succeededFuture(Answer.wrongGuess(400, "code must be 16 letters and digits"));
  }

  private static Answer validated(CodeValidated found) {
    return switch (found.state()) {
      case USABLE ->
          Answer.ok(
              out -> {
                out.writeBooleanField("valid", true);
                out.writeStringField("type", String.valueOf(found.type()).toLowerCase(Locale.ROOT));
                out.writeNumberField("usesRemaining", found.usesRemaining());
                out.writeStringField("createdBy", found.createdBy());
              });
      case UNKNOWN -> Answer.wrongGuess(404, UNKNOWN);
      case INACTIVE -> Answer.wrongGuess(403, INACTIVE);
      case USED_UP -> Answer.wrongGuess(403, USED_UP);
    };
  }

  private Future<Answer> image(Caller caller, String code) {
    return CodeText.isCode(code)
        ? bus.request(CodeContract.VALIDATE_CODE, new ValidateCode(code))
            .compose(
                found ->
                    isShown(found.state())
                        ? images.of(code, worker).map(CodeRoutes::png)
                        : noImage())
        : noImage();
  }

  /** Also of a code that is used up: its owner's page goes on showing it. */
  private static boolean isShown(CodeState state) {
    return state == CodeState.USABLE || state == CodeState.USED_UP;
  }

  private static Answer png(Buffer image) {
    return new Answer(200, "image/png", image).with(HttpHeaders.CACHE_CONTROL, A_DAY);
  }

  private static Future<Answer> noImage() {
    return Future.succeededFuture(Answer.text(404, "There is no such access code"));
  }
}
