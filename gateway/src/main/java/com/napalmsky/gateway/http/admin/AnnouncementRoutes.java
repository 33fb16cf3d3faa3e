package com.napalmsky.gateway.http.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import com.napalmsky.gateway.http.Access;
import com.napalmsky.gateway.http.Answer;
import com.napalmsky.gateway.http.Caller;
import com.napalmsky.gateway.http.Cursors;
import com.napalmsky.gateway.http.Inbound;
import com.napalmsky.gateway.http.JsonText;
import com.napalmsky.gateway.http.Operation;
import com.napalmsky.gateway.http.Refusal;
import com.napalmsky.gateway.limits.Limit;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.user.AnnouncementContract;
import com.napalmsky.shared.contract.user.AnnouncementContract.AllAnnouncements;
import com.napalmsky.shared.contract.user.AnnouncementContract.Announce;
import com.napalmsky.shared.contract.user.AnnouncementContract.Announcement;
import com.napalmsky.shared.contract.user.AnnouncementContract.AnnouncementState;
import com.napalmsky.shared.contract.user.AnnouncementContract.Announcements;
import com.napalmsky.shared.contract.user.AnnouncementContract.KeptAnnouncement;
import com.napalmsky.shared.contract.user.AnnouncementContract.ListAllAnnouncements;
import com.napalmsky.shared.contract.user.AnnouncementContract.ListAnnouncements;
import com.napalmsky.shared.contract.user.AnnouncementContract.Withdraw;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** {@code /admin/announcements}, and {@code GET /announcements} for everybody. */
public final class AnnouncementRoutes {

  private static final Duration USUAL_LIFE = Duration.ofDays(1);
  private static final int USUAL_PAGE = 50;
  private static final int LONGEST_PAGE = 200;

  private final Bus bus;
  private final Timers timers;

  public AnnouncementRoutes(Bus bus, Timers timers) {
    this.bus = bus;
    this.timers = timers;
  }

  /** All of them. */
  public List<Operation<?>> operations() {
    return List.of(
        Operation.get("/announcements", Access.SESSION, Limit.API).answeredBy(this::list),
        Operation.get("/admin/announcements", Access.ADMIN, Limit.API)
            .reading(AnnouncementRoutes::query)
            .answeredBy(this::listAll),
        Operation.post("/admin/announcements", Access.ADMIN, Limit.API)
            .reading(this::form)
            .answeredBy(this::announce),
        Operation.delete("/admin/announcements/{id}", Access.ADMIN, Limit.API)
            .reading(inbound -> inbound.path().id("id"))
            .answeredBy(this::withdraw));
  }

  private record Form(String text, Instant endsAt) {}

  private Form form(Inbound inbound) {
    // Surrogate pairs count once for user-service, which has the last word.
    String text = inbound.body().text("text", 2 * AnnouncementContract.LONGEST_TEXT).strip();
    Long ends = inbound.body().optionalMillis("endsAt");
    Instant now = timers.now();
    Instant endsAt = ends == null ? now.plus(USUAL_LIFE) : Instant.ofEpochMilli(ends);
    if (text.codePointCount(0, text.length()) > AnnouncementContract.LONGEST_TEXT) {
      throw Refusal.field(
          "text", "must have at most " + AnnouncementContract.LONGEST_TEXT + " characters");
    }
    if (!endsAt.isAfter(now) || endsAt.isAfter(now.plus(AnnouncementContract.LONGEST_LIFE))) {
      throw Refusal.field("endsAt", "must be in the future, at most 30 days from now");
    }
    return new Form(text, endsAt);
  }

  private Future<Answer> list(Caller caller) {
    return bus.request(AnnouncementContract.LIST, new ListAnnouncements())
        .map(AnnouncementRoutes::listed);
  }

  private static Answer listed(Announcements found) {
    return Answer.ok(
        out -> {
          out.writeArrayFieldStart("announcements");
          for (Announcement one : found.announcements()) {
            out.writeStartObject();
            write(out, one);
            out.writeEndObject();
          }
          out.writeEndArray();
        });
  }

  private static void write(JsonGenerator out, Announcement one) throws IOException {
    out.writeStringField("id", one.id().toString());
    out.writeStringField("text", one.text());
    JsonText.time(out, "madeAt", one.madeAt());
    JsonText.time(out, "endsAt", one.endsAt());
  }

  private static ListAllAnnouncements query(Inbound inbound) {
    return new ListAllAnnouncements(
        inbound
            .query()
            .optionalChoice("state", List.of(AnnouncementState.values()), AnnouncementState::wire),
        Cursors.before(inbound.query()),
        inbound.query().count("limit", USUAL_PAGE, LONGEST_PAGE));
  }

  private Future<Answer> listAll(Caller caller, ListAllAnnouncements query) {
    return bus.request(AnnouncementContract.LIST_ALL, query)
        .map(listed -> Answer.ok(out -> write(out, listed)));
  }

  private static void write(JsonGenerator out, AllAnnouncements listed) throws IOException {
    out.writeArrayFieldStart("announcements");
    for (KeptAnnouncement kept : listed.announcements()) {
      UUID admin = kept.madeBy();
      out.writeStartObject();
      write(out, kept.announcement());
      out.writeStringField("state", kept.state().wire());
      JsonText.nullable(out, "madeBy", admin == null ? null : admin.toString());
      JsonText.optionalTime(out, "withdrawnAt", kept.withdrawnAt());
      out.writeEndObject();
    }
    out.writeEndArray();
    Cursors.next(out, listed.next());
  }

  private Future<Answer> announce(Caller caller, Form form) {
    return bus.request(
            AnnouncementContract.ANNOUNCE, new Announce(form.text(), form.endsAt(), caller.actor()))
        .map(
            announced -> {
              Announcement made = announced.announcement();
              return made == null
                  ? Answer.error(
                      409, "No more than " + AnnouncementContract.MOST + " can be in force")
                  : Answer.ok(out -> write(out, made));
            });
  }

  private Future<Answer> withdraw(Caller caller, UUID id) {
    return bus.request(AnnouncementContract.WITHDRAW, new Withdraw(id, caller.actor()))
        .map(
            withdrawn ->
                withdrawn.found()
                    ? Answer.ok(out -> out.writeBooleanField("success", true))
                    : Answer.error(404, "No such announcement is in force"));
  }
}
