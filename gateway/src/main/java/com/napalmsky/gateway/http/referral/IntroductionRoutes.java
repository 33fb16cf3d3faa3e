package com.napalmsky.gateway.http.referral;

import com.fasterxml.jackson.core.JsonGenerator;
import com.napalmsky.gateway.http.Access;
import com.napalmsky.gateway.http.Answer;
import com.napalmsky.gateway.http.Caller;
import com.napalmsky.gateway.http.JsonText;
import com.napalmsky.gateway.http.Operation;
import com.napalmsky.gateway.limits.Limit;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.user.IntroductionContract;
import com.napalmsky.shared.contract.user.IntroductionContract.GetIntroductions;
import com.napalmsky.shared.contract.user.IntroductionContract.GetNotifications;
import com.napalmsky.shared.contract.user.IntroductionContract.Introductions;
import com.napalmsky.shared.contract.user.IntroductionContract.MarkRead;
import com.napalmsky.shared.contract.user.IntroductionContract.Newcomer;
import com.napalmsky.shared.contract.user.IntroductionContract.Notification;
import com.napalmsky.shared.contract.user.IntroductionContract.Notifications;
import com.napalmsky.shared.contract.user.IntroductionContract.RemoveIntroduction;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** Who was introduced to the caller, and the news of it: the rest of {@code /referral/*}. */
public final class IntroductionRoutes {

  private static final int LONGEST_ID = 64;

  private final Bus bus;

  public IntroductionRoutes(Bus bus) {
    this.bus = bus;
  }

  /** All of them. */
  public List<Operation<?>> operations() {
    return List.of(
        Operation.get("/referral/notifications", Access.SESSION, Limit.API)
            .answeredBy(this::notifications),
        Operation.put("/referral/notifications/{id}/read", Access.SESSION, Limit.API)
            .reading(inbound -> inbound.path().text("id", LONGEST_ID))
            .answeredBy(this::markRead),
        Operation.get("/referral/my-introductions", Access.SESSION, Limit.API)
            .answeredBy(this::introductions),
        Operation.delete("/referral/introductions/{userId}", Access.SESSION, Limit.API)
            .reading(inbound -> inbound.path().text("userId", LONGEST_ID))
            .answeredBy(this::remove));
  }

  private Future<Answer> notifications(Caller caller) {
    return bus.request(
            IntroductionContract.GET_NOTIFICATIONS, new GetNotifications(caller.userId(), false))
        .map(found -> Answer.ok(out -> write(out, found)));
  }

  private static void write(JsonGenerator out, Notifications found) throws IOException {
    out.writeArrayFieldStart("notifications");
    for (Notification one : found.notifications()) {
      out.writeStartObject();
      out.writeStringField("id", one.id().toString());
      out.writeStringField("forUserId", one.forUserId().toString());
      out.writeStringField("referredUserId", one.newcomerId().toString());
      out.writeStringField("referredName", one.newcomerName());
      UUID introducer = one.introducedBy();
      JsonText.nullable(out, "introducedBy", introducer == null ? null : introducer.toString());
      out.writeStringField("introducedByName", one.introducedByName());
      JsonText.time(out, "timestamp", one.at());
      out.writeBooleanField("read", one.read());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeNumberField("unreadCount", found.unread());
  }

  private Future<Answer> markRead(Caller caller, String id) {
    UUID notification = Ids.parse(id);
    if (notification == null) {
      return Future.succeededFuture(done());
    }
    return bus.request(IntroductionContract.MARK_READ, new MarkRead(caller.userId(), notification))
        .map(marked -> done());
  }

  private Future<Answer> introductions(Caller caller) {
    return bus.request(
            IntroductionContract.GET_INTRODUCTIONS, new GetIntroductions(caller.userId()))
        .compose(
            found ->
                Whereabouts.of(
                        bus, found.newcomers().stream().map(one -> one.person().userId()).toList())
                    .map(where -> Answer.ok(out -> write(out, found, where))));
  }

  private static void write(JsonGenerator out, Introductions found, Whereabouts where)
      throws IOException {
    out.writeArrayFieldStart("introductions");
    for (Newcomer one : found.newcomers()) {
      out.writeStartObject();
      JsonText.person(out, one.person());
      out.writeStringField("introducedBy", one.introducedBy());
      JsonText.time(out, "timestamp", one.introducedAt());
      where.write(out, one.person().userId());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeNumberField("count", found.newcomers().size());
  }

  private Future<Answer> remove(Caller caller, String newcomer) {
    UUID newcomerId = Ids.parse(newcomer);
    return newcomerId == null
        ? Future.succeededFuture(nobody())
        : bus.request(
                IntroductionContract.REMOVE_INTRODUCTION,
                new RemoveIntroduction(caller.userId(), newcomerId))
            .map(removed -> removed.known() ? done() : nobody());
  }

  private static Answer done() {
    return Answer.ok(out -> out.writeBooleanField("success", true));
  }

  private static Answer nobody() {
    return Answer.error(404, "Nobody with this id was introduced to you");
  }
}
