package com.napalmsky.gateway.http.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.napalmsky.gateway.http.Access;
import com.napalmsky.gateway.http.Answer;
import com.napalmsky.gateway.http.Caller;
import com.napalmsky.gateway.http.Cursors;
import com.napalmsky.gateway.http.Fields;
import com.napalmsky.gateway.http.Inbound;
import com.napalmsky.gateway.http.Operation;
import com.napalmsky.gateway.http.Refusal;
import com.napalmsky.gateway.limits.Limit;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.user.BanContract;
import com.napalmsky.shared.contract.user.BanContract.BanRecord;
import com.napalmsky.shared.contract.user.BanContract.BansListed;
import com.napalmsky.shared.contract.user.BanContract.CountModeration;
import com.napalmsky.shared.contract.user.BanContract.Decision;
import com.napalmsky.shared.contract.user.BanContract.LiftBan;
import com.napalmsky.shared.contract.user.BanContract.ListBans;
import com.napalmsky.shared.contract.user.BanContract.ListPending;
import com.napalmsky.shared.contract.user.BanContract.ModerationCounted;
import com.napalmsky.shared.contract.user.BanContract.PendingCase;
import com.napalmsky.shared.contract.user.BanContract.PendingCases;
import com.napalmsky.shared.contract.user.BanContract.Review;
import com.napalmsky.shared.contract.user.BanContract.ReviewOutcome;
import com.napalmsky.shared.contract.user.BanContract.ReviewStatus;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.ReportContract;
import com.napalmsky.shared.contract.user.ReportContract.ReportEntry;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What admins see of bans and make of them. */
public final class ReviewRoutes {

  private static final int LONGEST_WORD = 20;

  private final Bus bus;
  private final Timers timers;

  public ReviewRoutes(Bus bus, Timers timers) {
    this.bus = bus;
    this.timers = timers;
  }

  /** All of them. */
  public List<Operation<?>> operations() {
    return List.of(
        Operation.get("/report/pending", Access.ADMIN, Limit.API)
            .reading(ReviewRoutes::query)
            .answeredBy(this::pending),
        Operation.get("/report/bans", Access.ADMIN, Limit.API)
            .reading(ReviewRoutes::which)
            .answeredBy(this::bans),
        Operation.get("/report/stats", Access.ADMIN, Limit.API).answeredBy(this::count),
        Operation.post("/report/review/{userId}", Access.ADMIN, Limit.API)
            .reading(this::ruling)
            .answeredBy(this::review),
        Operation.post("/report/unban/{userId}", Access.ADMIN, Limit.API)
            .reading(inbound -> new Lifting(userId(inbound), reason(inbound)))
            .answeredBy(this::lift));
  }

  private static ListPending query(Inbound inbound) {
    Fields query = inbound.query();
    return new ListPending(
        Boolean.TRUE.equals(
            query.optionalChoice("appealed", List.of(true, false), String::valueOf)),
        Cursors.before(query),
        query.count("limit", ReportJson.USUAL_PAGE, ReportJson.LONGEST_PAGE));
  }

  private static ListBans which(Inbound inbound) {
    Fields query = inbound.query();
    return new ListBans(
        query.optionalChoice("ban", List.of(BanStatus.values()), BanStatus::wire),
        query.optionalChoice("review", List.of(ReviewStatus.values()), ReviewStatus::wire),
        Cursors.before(query),
        query.count("limit", ReportJson.USUAL_PAGE, ReportJson.LONGEST_PAGE));
  }

  private Future<Answer> bans(Caller caller, ListBans query) {
    return bus.request(BanContract.LIST_BANS, query)
        .map(listed -> Answer.ok(out -> write(out, listed)));
  }

  private static void write(JsonGenerator out, BansListed listed) throws IOException {
    out.writeArrayFieldStart("bans");
    for (BanRecord ban : listed.bans()) {
      out.writeStartObject();
      ReportJson.banForAdmins(out, ban);
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeNumberField("count", listed.bans().size());
    Cursors.next(out, listed.next());
  }

  private Future<Answer> pending(Caller caller, ListPending query) {
    return bus.request(BanContract.LIST_PENDING, query)
        .map(listed -> Answer.ok(out -> write(out, listed)));
  }

  private static void write(JsonGenerator out, PendingCases listed) throws IOException {
    out.writeArrayFieldStart("pending");
    for (PendingCase one : listed.cases()) {
      out.writeStartObject();
      ReportJson.banForAdmins(out, one.ban());
      out.writeArrayFieldStart("reports");
      for (ReportEntry report : one.reports()) {
        out.writeStartObject();
        ReportJson.report(out, report);
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeNumberField("count", listed.cases().size());
    Cursors.next(out, listed.next());
  }

  private Future<Answer> count(Caller caller) {
    return bus.request(BanContract.COUNT, new CountModeration())
        .map(counted -> Answer.ok(out -> write(out, counted)));
  }

  private static void write(JsonGenerator out, ModerationCounted counted) throws IOException {
    out.writeNumberField("totalReports", counted.reports());
    out.writeNumberField("totalBans", counted.bans());
    out.writeNumberField("pendingReviews", counted.pendingReviews());
    out.writeNumberField("appeals", counted.appeals());
    out.writeNumberField("permanentBans", counted.permanentBans());
    out.writeNumberField("temporaryBans", counted.temporaryBans());
    out.writeNumberField("vindicated", counted.vindicated());
    out.writeNumberField("ipBans", counted.ipBans());
  }

  private record Ruling(UUID userId, Decision decision, @Nullable Instant until, String reason) {}

  private Ruling ruling(Inbound inbound) {
    Fields body = inbound.body();
    UUID userId = userId(inbound);
    Decision decision = decision(body.text("decision", LONGEST_WORD));
    Long millis = body.optionalMillis("until");
    if (decision != Decision.TEMPORARY) {
      if (millis != null) {
        throw Refusal.field("until", "goes with a temporary ban only");
      }
      return new Ruling(userId, decision, null, reason(inbound));
    }
    if (millis == null) {
      throw Refusal.field("until", "is required for a temporary ban");
    }
    Instant until = Instant.ofEpochMilli(millis);
    if (!until.isAfter(timers.now())) {
      throw Refusal.field("until", "must be in the future");
    }
    return new Ruling(userId, decision, until, reason(inbound));
  }

  private static Decision decision(String word) {
    for (Decision decision : Decision.values()) {
      if (decision.wire().equals(word)) {
        return decision;
      }
    }
    throw Refusal.field("decision", "must be permanent, temporary or vindicated");
  }

  private static UUID userId(Inbound inbound) {
    return inbound.path().id("userId");
  }

  private static String reason(Inbound inbound) {
    String reason = inbound.body().optionalText("reason", ReportContract.LONGEST_REASON);
    return reason == null ? "" : reason.strip();
  }

  private Future<Answer> review(Caller caller, Ruling ruling) {
    return bus.request(
            BanContract.REVIEW,
            new Review(
                ruling.userId(),
                ruling.decision(),
                ruling.until(),
                ruling.reason(),
                caller.actor()))
        .map(reviewed -> decided(ruling, reviewed.outcome()));
  }

  private static Answer decided(Ruling ruling, ReviewOutcome outcome) {
    Answer refusal = refusal(outcome);
    return refusal != null
        ? refusal
        : Answer.ok(
            out -> {
              out.writeBooleanField("success", true);
              out.writeStringField("userId", ruling.userId().toString());
              out.writeStringField("decision", ruling.decision().wire());
              out.writeStringField("message", message(ruling.decision()));
            });
  }

  private static String message(Decision decision) {
    return switch (decision) {
      case PERMANENT -> "This user stays out for good";
      case TEMPORARY -> "This user stays out until then";
      case VINDICATED -> "This user is back, and those who reported count for less";
    };
  }

  private record Lifting(UUID userId, String reason) {}

  private Future<Answer> lift(Caller caller, Lifting lifting) {
    return bus.request(
            BanContract.LIFT_BAN, new LiftBan(lifting.userId(), lifting.reason(), caller.actor()))
        .map(
            lifted -> {
              Answer refusal = refusal(lifted.outcome());
              return refusal != null
                  ? refusal
                  : Answer.ok(
                      out -> {
                        out.writeBooleanField("success", true);
                        out.writeStringField("userId", lifting.userId().toString());
                        out.writeStringField("message", "This user is back");
                      });
            });
  }

  private static @Nullable Answer refusal(ReviewOutcome outcome) {
    return switch (outcome) {
      case DECIDED -> null;
      case UNKNOWN_USER -> Answer.error(404, "There is no such user");
      case NOT_BANNED -> Answer.error(409, "No ban of this user is in force");
      case AS_BEFORE -> Answer.error(409, "That was decided before");
    };
  }
}
