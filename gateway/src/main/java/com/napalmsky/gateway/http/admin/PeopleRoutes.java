package com.napalmsky.gateway.http.admin;

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
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceContract.Locate;
import com.napalmsky.shared.contract.presence.PresenceContract.Location;
import com.napalmsky.shared.contract.user.AdminContract;
import com.napalmsky.shared.contract.user.AdminContract.InspectUser;
import com.napalmsky.shared.contract.user.AdminContract.InspectedCall;
import com.napalmsky.shared.contract.user.AdminContract.InspectedSession;
import com.napalmsky.shared.contract.user.AdminContract.Inspection;
import com.napalmsky.shared.contract.user.AdminContract.SearchUsers;
import com.napalmsky.shared.contract.user.AdminContract.SetRole;
import com.napalmsky.shared.contract.user.AdminContract.UserSummary;
import com.napalmsky.shared.contract.user.AdminContract.UsersFound;
import com.napalmsky.shared.contract.user.BanStatus;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /admin/users}. */
public final class PeopleRoutes {

  private static final int USUAL = 50;
  private static final int MOST = 100;
  private static final int LONGEST_TEXT = 254;

  private final Bus bus;

  public PeopleRoutes(Bus bus) {
    this.bus = bus;
  }

  /** All of them. */
  public List<Operation<?>> operations() {
    return List.of(
        Operation.get("/admin/users", Access.ADMIN, Limit.API)
            .reading(PeopleRoutes::query)
            .answeredBy(this::search),
        Operation.get("/admin/users/{userId}", Access.ADMIN, Limit.API)
            .reading(inbound -> inbound.path().id("userId"))
            .answeredBy(this::inspect),
        Operation.put("/admin/users/{userId}/role", Access.ADMIN, Limit.API)
            .reading(RoleForm::read)
            .answeredBy(this::setRole));
  }

  private static SearchUsers query(Inbound inbound) {
    Fields query = inbound.query();
    return new SearchUsers(
        query.optionalText("query", LONGEST_TEXT),
        banStatus(query.optionalText("ban", LONGEST_TEXT)),
        adminsOnly(query.optionalText("role", LONGEST_TEXT)),
        Cursors.before(query),
        query.count("limit", USUAL, MOST));
  }

  private static @Nullable BanStatus banStatus(@Nullable String word) {
    if (word == null) {
      return null;
    }
    return Arrays.stream(BanStatus.values())
        .filter(status -> status.wire().equals(word))
        .findFirst()
        .orElseThrow(
            () -> Refusal.field("ban", "must be one of none, temporary, permanent, vindicated"));
  }

  private static boolean adminsOnly(@Nullable String word) {
    if (word != null && !word.equals("admin")) {
      throw Refusal.field("role", "must be admin");
    }
    return word != null;
  }

  private record RoleForm(UUID userId, boolean admin) {
    static RoleForm read(Inbound inbound) {
      UUID userId = inbound.path().id("userId");
      return switch (inbound.body().text("role", LONGEST_TEXT)) {
        case "admin" -> new RoleForm(userId, true);
        case "user" -> new RoleForm(userId, false);
        default -> throw Refusal.field("role", "must be admin or user");
      };
    }
  }

  private Future<Answer> search(Caller caller, SearchUsers query) {
    return bus.request(AdminContract.SEARCH_USERS, query).map(PeopleRoutes::found);
  }

  private static Answer found(UsersFound found) {
    return Answer.ok(
        out -> {
          out.writeArrayFieldStart("users");
          for (UserSummary user : found.users()) {
            out.writeStartObject();
            write(out, user);
            out.writeEndObject();
          }
          out.writeEndArray();
          Cursors.next(out, found.next());
        });
  }

  private static void write(JsonGenerator out, UserSummary user) throws IOException {
    JsonText.person(out, user.person());
    JsonText.nullable(out, "email", user.email());
    out.writeStringField("accountType", user.email() == null ? "guest" : "permanent");
    out.writeStringField("role", user.admin() ? "admin" : "user");
    out.writeStringField("paidStatus", user.paidStatus().wire());
    out.writeStringField("banStatus", user.banStatus().wire());
    JsonText.time(out, "createdAt", user.createdAt());
  }

  private Future<Answer> inspect(Caller caller, UUID userId) {
    return bus.request(AdminContract.INSPECT_USER, new InspectUser(userId, caller.actor()))
        .compose(
            inspected -> {
              Inspection inspection = inspected.inspection();
              return inspection == null
                  ? Future.failedFuture(Refusal.of(404, "There is no such user"))
                  : location(userId).map(location -> inspected(inspection, location));
            });
  }

  /** Where somebody is; null when presence does not say, which must not hide the rest. */
  private Future<@Nullable Location> location(UUID userId) {
    return bus.request(PresenceContract.LOCATE, new Locate(List.of(userId)))
        .<@Nullable Location>map(located -> located.locations().get(0))
        .otherwise(unknown -> null);
  }

  private static Answer inspected(Inspection inspection, @Nullable Location location) {
    return Answer.ok(
        out -> {
          write(out, inspection.user());
          JsonText.nullable(
              out,
              "presence",
              location == null ? null : location.state().name().toLowerCase(Locale.ROOT));
          UUID room = location == null ? null : location.roomId();
          JsonText.nullable(out, "roomId", room == null ? null : room.toString());
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

  private Future<Answer> setRole(Caller caller, RoleForm form) {
    return bus.request(
            AdminContract.SET_ROLE, new SetRole(form.userId(), form.admin(), caller.actor()))
        .map(
            set ->
                switch (set.outcome()) {
                  case SET, AS_BEFORE ->
                      Answer.ok(
                          out -> {
                            out.writeBooleanField("success", true);
                            out.writeStringField("role", form.admin() ? "admin" : "user");
                          });
                  case UNKNOWN_USER -> Answer.error(404, "There is no such user");
                  case SELF -> Answer.error(409, "Nobody changes his own role");
                  case GUEST ->
                      Answer.error(409, "A guest cannot be an admin: an e-mail address is needed");
                });
  }
}
