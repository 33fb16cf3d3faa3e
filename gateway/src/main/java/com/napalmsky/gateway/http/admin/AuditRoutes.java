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
import com.napalmsky.gateway.limits.Limit;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.user.AdminContract;
import com.napalmsky.shared.contract.user.AdminContract.AuditEntry;
import com.napalmsky.shared.contract.user.AdminContract.AuditListed;
import com.napalmsky.shared.contract.user.AdminContract.ListAudit;
import com.napalmsky.shared.contract.user.AuditAction;
import com.napalmsky.shared.contract.user.Cursor;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code GET /admin/audit}. */
public final class AuditRoutes {

  private static final int USUAL = 50;
  private static final int MOST = 200;
  private static final int LONGEST_SUBJECT = 200;
  private static final List<String> ACTIONS =
      Arrays.stream(AuditAction.values()).map(AuditAction::wire).toList();

  private final Bus bus;

  public AuditRoutes(Bus bus) {
    this.bus = bus;
  }

  /** All of them. */
  public List<Operation<?>> operations() {
    return List.of(
        Operation.get("/admin/audit", Access.ADMIN, Limit.API)
            .reading(AuditRoutes::query)
            .answeredBy(this::list));
  }

  private static ListAudit query(Inbound inbound) {
    Fields query = inbound.query();
    Cursor before = Cursors.before(query);
    UUID place = before == null ? null : before.id();
    return new ListAudit(
        query.optionalId("actor"),
        query.optionalText("subject", LONGEST_SUBJECT),
        query.optionalChoice("action", ACTIONS, word -> word),
        place == null ? null : place.getLeastSignificantBits(),
        query.count("limit", USUAL, MOST),
        before == null || place != null ? null : before.at());
  }

  private Future<Answer> list(Caller caller, ListAudit query) {
    return bus.request(AdminContract.LIST_AUDIT, query).map(AuditRoutes::listed);
  }

  private static Answer listed(AuditListed listed) {
    return Answer.ok(
        out -> {
          out.writeArrayFieldStart("entries");
          for (AuditEntry entry : listed.entries()) {
            write(out, entry);
          }
          out.writeEndArray();
          Cursors.next(out, next(listed));
        });
  }

  /** Entries are told apart by their numbers, which fit into the form that all places have. */
  private static @Nullable Cursor next(AuditListed listed) {
    Long number = listed.next();
    int entries = listed.entries().size();
    return number == null || entries == 0
        ? null
        : new Cursor(listed.entries().get(entries - 1).at(), new UUID(0, number));
  }

  private static void write(JsonGenerator out, AuditEntry entry) throws IOException {
    out.writeStartObject();
    out.writeNumberField("id", entry.entryId());
    JsonText.time(out, "at", entry.at());
    JsonText.nullable(out, "actor", entry.actorId() == null ? null : entry.actorId().toString());
    out.writeStringField("action", entry.action());
    JsonText.nullable(out, "subject", entry.subject());
    JsonText.nullable(out, "ip", entry.ip());
    JsonText.texts(out, "details", entry.details());
    out.writeEndObject();
  }
}
