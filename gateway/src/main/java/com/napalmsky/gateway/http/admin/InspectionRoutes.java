package com.napalmsky.gateway.http.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import com.napalmsky.gateway.http.Access;
import com.napalmsky.gateway.http.Answer;
import com.napalmsky.gateway.http.Caller;
import com.napalmsky.gateway.http.JsonText;
import com.napalmsky.gateway.http.Operation;
import com.napalmsky.gateway.http.Refusal;
import com.napalmsky.gateway.http.report.ReportJson;
import com.napalmsky.gateway.limits.Limit;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceContract.Locate;
import com.napalmsky.shared.contract.presence.PresenceContract.Location;
import com.napalmsky.shared.contract.user.AdminContract;
import com.napalmsky.shared.contract.user.AdminContract.InspectUser;
import com.napalmsky.shared.contract.user.AdminContract.InspectedCall;
import com.napalmsky.shared.contract.user.AdminContract.InspectedSession;
import com.napalmsky.shared.contract.user.AdminContract.Inspection;
import com.napalmsky.shared.contract.user.BanContract;
import com.napalmsky.shared.contract.user.BanContract.BanChecked;
import com.napalmsky.shared.contract.user.BanContract.BanRecord;
import com.napalmsky.shared.contract.user.BanContract.CheckBan;
import com.napalmsky.shared.contract.user.ReportContract;
import com.napalmsky.shared.contract.user.ReportContract.ListReports;
import com.napalmsky.shared.contract.user.ReportContract.ReportEntry;
import com.napalmsky.shared.contract.user.ReportContract.Reports;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code GET /admin/users/{userId}}: all that an admin needs to judge somebody. */
public final class InspectionRoutes {

  /** As many as there are of sessions and calls; the others are in the list of reports. */
  private static final int MOST_REPORTS = 50;

  private final Bus bus;

  public InspectionRoutes(Bus bus) {
    this.bus = bus;
  }

  /** All of them. */
  public List<Operation<?>> operations() {
    return List.of(
        Operation.get("/admin/users/{userId}", Access.ADMIN, Limit.API)
            .reading(inbound -> inbound.path().id("userId"))
            .answeredBy(this::inspect));
  }

  /**
   * What stands beside the account.
   *
   * @param location null when presence does not say
   */
  private record Standing(
      @Nullable Location location, BanChecked ban, Reports received, Reports made) {}

  private Future<Answer> inspect(Caller caller, UUID userId) {
    return bus.request(AdminContract.INSPECT_USER, new InspectUser(userId, caller.actor()))
        .compose(
            inspected -> {
              Inspection inspection = inspected.inspection();
              return inspection == null
                  ? Future.failedFuture(Refusal.of(404, "There is no such user"))
                  : standing(userId).map(standing -> inspected(inspection, standing));
            });
  }

  private Future<Standing> standing(UUID userId) {
    Future<@Nullable Location> location = location(userId);
    Future<BanChecked> ban = bus.request(BanContract.CHECK_BAN, new CheckBan(userId));
    Future<Reports> received = reports(new ListReports(userId, null, null, MOST_REPORTS));
    Future<Reports> made = reports(new ListReports(null, userId, null, MOST_REPORTS));
    return Future.all(location, ban, received, made)
        .map(
            all -> new Standing(location.result(), ban.result(), received.result(), made.result()));
  }

  private Future<Reports> reports(ListReports which) {
    return bus.request(ReportContract.LIST_REPORTS, which);
  }

  /** Where somebody is; null when presence does not say, which must not hide the rest. */
  private Future<@Nullable Location> location(UUID userId) {
    return bus.request(PresenceContract.LOCATE, new Locate(List.of(userId)))
        .<@Nullable Location>map(located -> located.locations().get(0))
        .otherwise(unknown -> null);
  }

  private static Answer inspected(Inspection inspection, Standing standing) {
    return Answer.ok(
        out -> {
          PeopleRoutes.write(out, inspection.user());
          write(out, standing.location());
          write(out, standing.ban().record());
          out.writeObjectFieldStart("reports");
          write(out, "received", standing.received());
          write(out, "made", standing.made());
          out.writeEndObject();
          out.writeArrayFieldStart("sessions");
          for (InspectedSession session : inspection.sessions()) {
            write(out, session);
          }
          out.writeEndArray();
          out.writeArrayFieldStart("calls");
          for (InspectedCall call : inspection.calls()) {
            write(out, call);
          }
          out.writeEndArray();
        });
  }

  private static void write(JsonGenerator out, @Nullable Location location) throws IOException {
    JsonText.nullable(
        out,
        "presence",
        location == null ? null : location.state().name().toLowerCase(Locale.ROOT));
    UUID room = location == null ? null : location.roomId();
    JsonText.nullable(out, "roomId", room == null ? null : room.toString());
  }

  private static void write(JsonGenerator out, @Nullable BanRecord ban) throws IOException {
    if (ban == null) {
      out.writeNullField("ban");
    } else {
      out.writeObjectFieldStart("ban");
      ReportJson.banForAdmins(out, ban);
      out.writeEndObject();
    }
  }

  private static void write(JsonGenerator out, String name, Reports reports) throws IOException {
    out.writeArrayFieldStart(name);
    for (ReportEntry report : reports.reports()) {
      out.writeStartObject();
      ReportJson.report(out, report);
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void write(JsonGenerator out, InspectedSession session) throws IOException {
    out.writeStartObject();
    out.writeStringField("sessionId", session.sessionId().toString());
    out.writeStringField("kind", session.kind());
    out.writeStringField("state", session.state());
    JsonText.nullable(out, "ip", session.ip());
    JsonText.nullable(out, "device", session.device());
    JsonText.time(out, "createdAt", session.createdAt());
    JsonText.time(out, "lastActiveAt", session.lastActiveAt());
    JsonText.time(out, "expiresAt", session.expiresAt());
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, InspectedCall call) throws IOException {
    out.writeStartObject();
    out.writeStringField("roomId", call.roomId().toString());
    out.writeStringField("partnerId", call.partnerId().toString());
    JsonText.nullable(out, "partnerName", call.partnerName());
    JsonText.time(out, "startedAt", call.startedAt());
    JsonText.time(out, "endedAt", call.endedAt());
    out.writeNumberField("duration", call.durationSeconds());
    out.writeStringField("reason", call.reason());
    out.writeEndObject();
  }
}
