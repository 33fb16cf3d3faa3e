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
import com.napalmsky.shared.contract.user.AdminContract;
import com.napalmsky.shared.contract.user.AdminContract.SearchUsers;
import com.napalmsky.shared.contract.user.AdminContract.SetRole;
import com.napalmsky.shared.contract.user.AdminContract.UserSummary;
import com.napalmsky.shared.contract.user.AdminContract.UsersFound;
import com.napalmsky.shared.contract.user.BanStatus;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** {@code /admin/users}: finding people, and making admins of them. */
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
        Operation.put("/admin/users/{userId}/role", Access.ADMIN, Limit.API)
            .reading(RoleForm::read)
            .answeredBy(this::setRole));
  }

  private static SearchUsers query(Inbound inbound) {
    Fields query = inbound.query();
    return new SearchUsers(
        query.optionalText("query", LONGEST_TEXT),
        query.optionalChoice("ban", List.of(BanStatus.values()), BanStatus::wire),
        query.optionalChoice("role", List.of("admin"), word -> word) != null,
        Cursors.before(query),
        query.count("limit", USUAL, MOST));
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

  /** What is told of somebody in any case. */
  static void write(JsonGenerator out, UserSummary user) throws IOException {
    JsonText.person(out, user.person());
    JsonText.nullable(out, "email", user.email());
    out.writeStringField("accountType", user.email() == null ? "guest" : "permanent");
    out.writeStringField("role", user.admin() ? "admin" : "user");
    out.writeStringField("paidStatus", user.paidStatus().wire());
    out.writeStringField("banStatus", user.banStatus().wire());
    JsonText.time(out, "createdAt", user.createdAt());
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
