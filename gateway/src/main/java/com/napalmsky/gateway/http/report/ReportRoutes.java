package com.napalmsky.gateway.http.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.napalmsky.gateway.http.Access;
import com.napalmsky.gateway.http.Answer;
import com.napalmsky.gateway.http.Caller;
import com.napalmsky.gateway.http.Cursors;
import com.napalmsky.gateway.http.Fields;
import com.napalmsky.gateway.http.Inbound;
import com.napalmsky.gateway.http.Operation;
import com.napalmsky.gateway.limits.Limit;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.user.ReportContract;
import com.napalmsky.shared.contract.user.ReportContract.ListReports;
import com.napalmsky.shared.contract.user.ReportContract.Report;
import com.napalmsky.shared.contract.user.ReportContract.ReportEntry;
import com.napalmsky.shared.contract.user.ReportContract.Reported;
import com.napalmsky.shared.contract.user.ReportContract.Reports;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code POST /report/user}, and the reports for admins. */
public final class ReportRoutes {

  private final Bus bus;

  public ReportRoutes(Bus bus) {
    this.bus = bus;
  }

  /** All of them. */
  public List<Operation<?>> operations() {
    return List.of(
        Operation.post("/report/user", Access.SESSION, Limit.REPORT)
            .reading(Form::read)
            .answeredBy(this::report),
        Operation.get("/report/all", Access.ADMIN, Limit.API)
            .reading(ReportRoutes::query)
            .answeredBy(this::list));
  }

  private record Form(
      @Nullable UUID reportedId, String reason, @Nullable UUID roomId, boolean endCall) {

    static Form read(Inbound inbound) {
      Fields body = inbound.body();
      String reason = body.optionalText("reason", ReportContract.LONGEST_REASON);
      return new Form(
          body.idOfAnybody("reportedUserId"),
          reason == null ? "" : reason.strip(),
          body.optionalId("roomId"),
          body.flag("endCall", false));
    }

    @Override
    public String toString() {
      return "Form[]";
    }
  }

  private Future<Answer> report(Caller caller, Form form) {
    return bus.request(
            ReportContract.REPORT,
            new Report(
                caller.userId(),
                form.reportedId(),
                form.reason(),
                form.roomId(),
                form.endCall(),
                caller.inbound().ip()))
        .map(ReportRoutes::reported);
  }

  // No sentence here contains a word that clients take for the caller's own ban.
  private static Answer reported(Reported reported) {
    return switch (reported.outcome()) {
      case TAKEN -> taken(reported);
      case ALREADY_REPORTED ->
          Answer.error(
              400,
              "You have reported this user before",
              out -> out.writeBooleanField("alreadyReported", true));
      case SELF -> Answer.error(400, "You cannot report yourself");
      case UNKNOWN_USER -> Answer.error(404, "There is no such user");
      case NO_SHARED_CALL -> notShared("You can report only people whom you met in a call lately");
      case NOT_THIS_CALL -> notShared("This is not a call of yours with this user");
    };
  }

  private static Answer taken(Reported reported) {
    return Answer.ok(
        out -> {
          out.writeBooleanField("success", true);
          out.writeStringField("reportId", String.valueOf(reported.reportId()));
          out.writeNumberField("reportCount", reported.reportCount());
          out.writeStringField(
              "message", "Thank you. You and this user will not see each other any more");
          if (reported.autoBanned()) {
            out.writeBooleanField("autoBanned", true);
          }
          out.writeBooleanField("callEnded", reported.callEnded());
        });
  }

  private static Answer notShared(String error) {
    return Answer.error(403, error, out -> out.writeBooleanField("sharedCallRequired", true));
  }

  private static ListReports query(Inbound inbound) {
    Fields query = inbound.query();
    return new ListReports(
        query.optionalId("reported"),
        query.optionalId("reporter"),
        Cursors.before(query),
        query.count("limit", ReportJson.USUAL_PAGE, ReportJson.LONGEST_PAGE));
  }

  private Future<Answer> list(Caller caller, ListReports query) {
    return bus.request(ReportContract.LIST_REPORTS, query)
        .map(listed -> Answer.ok(out -> write(out, listed)));
  }

  private static void write(JsonGenerator out, Reports listed) throws IOException {
    out.writeArrayFieldStart("reports");
    for (ReportEntry report : listed.reports()) {
      out.writeStartObject();
      ReportJson.report(out, report);
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeNumberField("count", listed.reports().size());
    Cursors.next(out, listed.next());
  }
}
