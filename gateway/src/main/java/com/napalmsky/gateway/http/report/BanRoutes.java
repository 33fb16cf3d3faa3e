package com.napalmsky.gateway.http.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.napalmsky.gateway.http.Access;
import com.napalmsky.gateway.http.Answer;
import com.napalmsky.gateway.http.Caller;
import com.napalmsky.gateway.http.Cursors;
import com.napalmsky.gateway.http.Inbound;
import com.napalmsky.gateway.http.JsonText;
import com.napalmsky.gateway.http.Operation;
import com.napalmsky.gateway.limits.Limit;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.user.BanContract;
import com.napalmsky.shared.contract.user.BanContract.Appeal;
import com.napalmsky.shared.contract.user.BanContract.AppealSignedOut;
import com.napalmsky.shared.contract.user.BanContract.Appealed;
import com.napalmsky.shared.contract.user.BanContract.BanChecked;
import com.napalmsky.shared.contract.user.BanContract.BanRecord;
import com.napalmsky.shared.contract.user.BanContract.Blacklist;
import com.napalmsky.shared.contract.user.BanContract.BlacklistEntry;
import com.napalmsky.shared.contract.user.BanContract.CheckBan;
import com.napalmsky.shared.contract.user.BanContract.ListBlacklist;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What the banned and the public see of bans. */
public final class BanRoutes {

  private static final int LONGEST_EMAIL = 320;
  private static final int LONGEST_PASSWORD = 1000;

  private final Bus bus;
  private final Timers timers;

  public BanRoutes(Bus bus, Timers timers) {
    this.bus = bus;
    this.timers = timers;
  }

  /** All of them. */
  public List<Operation<?>> operations() {
    return List.of(
        Operation.get("/report/check-ban", Access.BANNED_TOO, Limit.API).answeredBy(this::check),
        Operation.post("/report/appeal", Access.BANNED_TOO, Limit.API)
            .reading(BanRoutes::words)
            .answeredBy(this::appeal),
        Operation.post("/auth/appeal", Access.OPEN, Limit.AUTH_FAILURES)
            .reading(SignedOut::read)
            .countedBy(SignedOut::account)
            .answeredBy(this::appealSignedOut),
        Operation.get("/report/blacklist", Access.OPEN, Limit.VISITORS)
            .reading(BanRoutes::page)
            .answeredBy(this::blacklist));
  }

  private Future<Answer> check(Caller caller) {
    return bus.request(BanContract.CHECK_BAN, new CheckBan(caller.userId()))
        .map(BanRoutes::checked);
  }

  private static Answer checked(BanChecked checked) {
    BanStatus status = checked.status();
    if (status == null) {
      return Answer.error(404, "This account does not exist any more");
    }
    return Answer.ok(
        out -> {
          out.writeBooleanField("isBanned", status.banned());
          out.writeStringField("banStatus", status.wire());
          BanRecord record = checked.record();
          if (record == null) {
            out.writeNullField("banRecord");
          } else {
            out.writeObjectFieldStart("banRecord");
            ReportJson.ban(out, record);
            out.writeEndObject();
          }
        });
  }

  private static String words(Inbound inbound) {
    return inbound.body().text("text", BanContract.LONGEST_APPEAL).strip();
  }

  private record SignedOut(String email, String password, String text) {

    static SignedOut read(Inbound inbound) {
      return new SignedOut(
          inbound.body().text("email", LONGEST_EMAIL),
          inbound.body().text("password", LONGEST_PASSWORD),
          words(inbound));
    }

    /** As a log-in counts it: whoever guesses passwords has one allowance for both. */
    String account() {
      return email.strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
      return "SignedOut[]";
    }
  }

  private Future<Answer> appeal(Caller caller, String text) {
    return bus.request(BanContract.APPEAL, new Appeal(caller.userId(), text))
        .map(BanRoutes::appealed);
  }

  private Future<Answer> appealSignedOut(Caller caller, SignedOut form) {
    return bus.request(
            BanContract.APPEAL_SIGNED_OUT,
            new AppealSignedOut(form.email(), form.password(), form.text()))
        .map(BanRoutes::appealed);
  }

  private static Answer appealed(Appealed appealed) {
    return switch (appealed.outcome()) {
      case APPEALED ->
          Answer.ok(
              out -> {
                out.writeBooleanField("success", true);
                out.writeStringField("message", "Somebody will look at it");
              });
      case NOT_BANNED -> Answer.error(409, "There is nothing to appeal against");
      case ALREADY_APPEALED ->
          Answer.error(
              409,
              "You have appealed before",
              out -> out.writeBooleanField("alreadyAppealed", true));
      case REFUSED -> Answer.error(401, "Invalid credentials");
    };
  }

  private static ListBlacklist page(Inbound inbound) {
    return new ListBlacklist(
        Cursors.before(inbound.query()),
        inbound.query().count("limit", ReportJson.USUAL_PAGE, ReportJson.LONGEST_PAGE));
  }

  private Future<Answer> blacklist(Caller caller, ListBlacklist page) {
    return bus.request(BanContract.LIST_BLACKLIST, page)
        .map(listed -> Answer.ok(out -> write(out, listed)));
  }

  private void write(JsonGenerator out, Blacklist listed) throws IOException {
    out.writeArrayFieldStart("blacklist");
    for (BlacklistEntry entry : listed.entries()) {
      out.writeStartObject();
      out.writeStringField("userName", entry.name());
      JsonText.optional(out, "userSelfie", entry.selfieUrl());
      JsonText.optional(out, "userVideo", entry.videoUrl());
      JsonText.time(out, "bannedAt", entry.bannedAt());
      out.writeStringField("bannedReason", entry.reason());
      out.writeNumberField("reportCount", entry.reportCount());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeNumberField("count", listed.entries().size());
    Instant updatedAt = listed.updatedAt();
    JsonText.time(out, "lastUpdated", updatedAt == null ? timers.now() : updatedAt);
    Cursors.next(out, listed.next());
  }
}
