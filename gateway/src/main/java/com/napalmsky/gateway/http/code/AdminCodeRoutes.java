package com.napalmsky.gateway.http.code;

import com.fasterxml.jackson.core.JsonGenerator;
import com.napalmsky.gateway.http.Access;
import com.napalmsky.gateway.http.Answer;
import com.napalmsky.gateway.http.Caller;
import com.napalmsky.gateway.http.Cursors;
import com.napalmsky.gateway.http.Fields;
import com.napalmsky.gateway.http.Inbound;
import com.napalmsky.gateway.http.JsonText;
import com.napalmsky.gateway.http.Operation;
import com.napalmsky.gateway.http.Refusal;
import com.napalmsky.gateway.limits.Limit;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.user.CodeContract;
import com.napalmsky.shared.contract.user.CodeContract.CodeType;
import com.napalmsky.shared.contract.user.CodeContract.CodesListed;
import com.napalmsky.shared.contract.user.CodeContract.DeactivateCode;
import com.napalmsky.shared.contract.user.CodeContract.GenerateCode;
import com.napalmsky.shared.contract.user.CodeContract.ListCodes;
import com.napalmsky.shared.contract.user.CodeContract.ListedCode;
import com.napalmsky.shared.contract.user.Cursor;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code /payment/admin/*}. */
public final class AdminCodeRoutes {

  private static final int LONGEST_LABEL = 100;
  private static final int MOST_CODES = 1000;

  private static final Duration LONGEST_LIFE = Duration.ofDays(5 * 365);

  private final Bus bus;
  private final Timers timers;

  public AdminCodeRoutes(Bus bus, Timers timers) {
    this.bus = bus;
    this.timers = timers;
  }

  /** All of them. */
  public List<Operation<?>> operations() {
    return List.of(
        Operation.post("/payment/admin/generate-code", Access.ADMIN, Limit.API)
            .reading(inbound -> NewCode.read(inbound, timers.now()))
            .answeredBy(this::generate),
        Operation.get("/payment/admin/codes", Access.ADMIN, Limit.API)
            .reading(AdminCodeRoutes::which)
            .answeredBy(this::list),
        Operation.post("/payment/admin/deactivate-code", Access.ADMIN, Limit.API)
            .reading(inbound -> CodeText.required(inbound.body(), "code"))
            .answeredBy(this::deactivate));
  }

  private record NewCode(@Nullable String label, @Nullable Instant expiresAt) {

    static NewCode read(Inbound inbound, Instant now) {
      String text = inbound.body().optionalText("label", LONGEST_LABEL);
      if (text != null && text.chars().anyMatch(Character::isISOControl)) {
        throw Refusal.field("label", "must not contain control characters");
      }
      return new NewCode(text == null ? null : text.strip(), end(inbound, now));
    }

    private static @Nullable Instant end(Inbound inbound, Instant now) {
      Long millis = inbound.body().optionalMillis("expiresAt");
      if (millis == null) {
        return null;
      }
      Instant end = Instant.ofEpochMilli(millis);
      if (!end.isAfter(now) || end.isAfter(now.plus(LONGEST_LIFE))) {
        throw Refusal.field("expiresAt", "must be in the future, within five years");
      }
      return end;
    }
  }

  private static ListCodes which(Inbound inbound) {
    Fields query = inbound.query();
    Cursor before = Cursors.before(query);
    return new ListCodes(
        before == null ? null : before.at(),
        query.count("limit", MOST_CODES, MOST_CODES),
        before == null ? null : before.id(),
        query.optionalChoice("type", List.of(CodeType.values()), AdminCodeRoutes::word),
        query.optionalChoice("active", List.of(true, false), String::valueOf));
  }

  private static String word(CodeType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  private Future<Answer> generate(Caller caller, NewCode wanted) {
    return bus.request(
            CodeContract.GENERATE_CODE,
            new GenerateCode(caller.actor(), wanted.label(), wanted.expiresAt()))
        .map(
            generated -> {
              String code = generated.code();
              if (code == null) {
                throw Refusal.of(404, "This account does not exist any more");
              }
              return Answer.ok(
                  out -> {
                    out.writeStringField("code", code);
                    out.writeStringField("qrCodeUrl", "/payment/qr/" + code);
                  });
            });
  }

  private Future<Answer> list(Caller caller, ListCodes which) {
    return bus.request(CodeContract.LIST_CODES, which)
        .map(listed -> Answer.ok(out -> write(out, listed)));
  }

  private static void write(JsonGenerator out, CodesListed listed) throws IOException {
    out.writeArrayFieldStart("codes");
    for (ListedCode code : listed.codes()) {
      out.writeStartObject();
      out.writeStringField("code", code.code());
      out.writeStringField("type", word(code.type()));
      out.writeStringField("createdBy", code.createdBy());
      JsonText.time(out, "createdAt", code.createdAt());
      out.writeNumberField("maxUses", code.maxUses());
      out.writeNumberField("usesRemaining", code.usesRemaining());
      out.writeNumberField("totalUsed", code.totalUsed());
      out.writeBooleanField("isActive", code.active());
      if (code.expiresAt() != null) {
        JsonText.time(out, "expiresAt", code.expiresAt());
      }
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeNumberField("total", listed.total());
    Cursors.next(out, listed.next());
  }

  private Future<Answer> deactivate(Caller caller, String code) {
    return bus.request(CodeContract.DEACTIVATE_CODE, new DeactivateCode(caller.actor(), code))
        .map(
            deactivated -> {
              if (!deactivated.found()) {
                throw Refusal.of(404, "There is no such access code");
              }
              return Answer.ok(
                  out -> {
                    out.writeBooleanField("success", true);
                    out.writeStringField("message", "This access code lets nobody in any more");
                  });
            });
  }
}
