package com.napalmsky.gateway.http.referral;

import com.fasterxml.jackson.core.JsonGenerator;
import com.napalmsky.gateway.http.Access;
import com.napalmsky.gateway.http.Answer;
import com.napalmsky.gateway.http.Caller;
import com.napalmsky.gateway.http.Fields;
import com.napalmsky.gateway.http.Inbound;
import com.napalmsky.gateway.http.JsonText;
import com.napalmsky.gateway.http.Operation;
import com.napalmsky.gateway.http.Refusal;
import com.napalmsky.gateway.limits.Limit;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.user.IntroductionContract;
import com.napalmsky.shared.contract.user.IntroductionContract.FindLink;
import com.napalmsky.shared.contract.user.IntroductionContract.FollowLink;
import com.napalmsky.shared.contract.user.IntroductionContract.FollowedLink;
import com.napalmsky.shared.contract.user.IntroductionContract.FoundLink;
import com.napalmsky.shared.contract.user.IntroductionContract.GetLinks;
import com.napalmsky.shared.contract.user.IntroductionContract.Link;
import com.napalmsky.shared.contract.user.IntroductionContract.MadeLink;
import com.napalmsky.shared.contract.user.IntroductionContract.MakeLink;
import com.napalmsky.shared.contract.user.IntroductionContract.RevokeLink;
import com.napalmsky.shared.contract.user.Person;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Making, following and ending the links of {@code /referral/*}. */
public final class LinkRoutes {

  private static final int LONGEST_CODE = 64;
  private static final int LONGEST_ID = 64;

  // One sentence for all that leads nowhere: why is nobody's business.
  private static final String NO_SUCH_LINK = "This introduction link is not valid";
  private static final String NO_SUCH_PERSON = "There is nobody with this id";

  private final Bus bus;
  private final Timers timers;

  public LinkRoutes(Bus bus, Timers timers) {
    this.bus = bus;
    this.timers = timers;
  }

  /** All of them. */
  public List<Operation<?>> operations() {
    return List.of(
        Operation.post("/referral/generate", Access.SESSION, Limit.API)
            .reading(inbound -> inbound.body().text("targetUserId", LONGEST_ID))
            .answeredBy(this::make),
        Operation.get("/referral/info/{code}", Access.OPEN, Limit.API)
            .reading(LinkRoutes::codeInPath)
            .answeredBy(this::info),
        Operation.get("/referral/target-status/{code}", Access.SESSION, Limit.API)
            .reading(LinkRoutes::codeInPath)
            .answeredBy(this::status),
        Operation.post("/referral/direct-match", Access.SESSION, Limit.API)
            .reading(inbound -> code(inbound.body(), "referralCode"))
            .answeredBy(this::follow),
        Operation.get("/referral/links", Access.SESSION, Limit.API).answeredBy(this::list),
        Operation.delete("/referral/links/{code}", Access.SESSION, Limit.API)
            .reading(LinkRoutes::codeInPath)
            .answeredBy(this::revoke));
  }

  private static String codeInPath(Inbound inbound) {
    return code(inbound.path(), "code");
  }

  /** People type codes, too. */
  private static String code(Fields fields, String name) {
    return fields.text(name, LONGEST_CODE).strip().toUpperCase(Locale.ROOT);
  }

  private Future<Answer> make(Caller caller, String target) {
    UUID targetId = Ids.parse(target);
    if (targetId == null) {
      throw Refusal.of(404, NO_SUCH_PERSON);
    }
    if (targetId.equals(caller.userId())) {
      throw Refusal.field("targetUserId", "must be somebody else");
    }
    return bus.request(IntroductionContract.MAKE_LINK, new MakeLink(caller.userId(), targetId))
        .map(this::made);
  }

  private Answer made(MadeLink made) {
    return switch (made.outcome()) {
      case MADE ->
          Answer.ok(
              out -> {
                out.writeStringField("referralCode", made.code());
                out.writeStringField("targetUserName", made.targetName());
              });
      case NO_SUCH_PERSON -> Answer.error(404, NO_SUCH_PERSON);
      case TOO_MANY ->
          Answer.tooMany("Too many introduction links in one day", secondsUntil(made.retryAt()));
    };
  }

  private long secondsUntil(@Nullable Instant moment) {
    return moment == null
        ? 1
        : Math.max(1, Duration.between(timers.now(), moment).plusMillis(999).toSeconds());
  }

  private Future<Answer> info(Caller caller, String code) {
    return find(code, null)
        .map(
            link ->
                Answer.ok(
                    out -> {
                      out.writeStringField("targetUserName", target(link).name());
                      out.writeStringField("introducedBy", link.introducedBy());
                    }));
  }

  private Future<Answer> status(Caller caller, String code) {
    return find(code, caller.userId())
        .compose(
            link ->
                Whereabouts.of(bus, List.of(target(link).userId()))
                    .map(where -> Answer.ok(out -> writeStatus(out, link, where))));
  }

  private static void writeStatus(JsonGenerator out, FoundLink link, Whereabouts where)
      throws IOException {
    Person target = target(link);
    out.writeStringField("targetUserId", target.userId().toString());
    out.writeStringField("targetName", target.name());
    out.writeStringField("targetGender", target.gender().wire());
    JsonText.optional(out, "targetSelfie", target.selfieUrl());
    JsonText.optional(out, "targetVideo", target.videoUrl());
    where.write(out, target.userId());
    out.writeStringField("introducedBy", link.introducedBy());
  }

  private Future<FoundLink> find(String code, @Nullable UUID viewerId) {
    return bus.request(IntroductionContract.FIND_LINK, new FindLink(code, viewerId));
  }

  private static Person target(FoundLink link) {
    if (link.target() == null) {
      throw Refusal.of(404, NO_SUCH_LINK);
    }
    return link.target();
  }

  private Future<Answer> follow(Caller caller, String code) {
    return bus.request(IntroductionContract.FOLLOW_LINK, new FollowLink(code, caller.userId()))
        .compose(this::followed);
  }

  private Future<Answer> followed(FollowedLink followed) {
    Person target =
        switch (followed.outcome()) {
          case FOLLOWED -> followed.target();
          case NO_SUCH_LINK -> null;
          case OWN_LINK -> throw Refusal.of(400, "referralCode leads to yourself");
        };
    if (target == null) {
      throw Refusal.of(404, NO_SUCH_LINK);
    }
    return Whereabouts.of(bus, List.of(target.userId()))
        .map(
            where ->
                Answer.ok(
                    out -> {
                      out.writeBooleanField("success", true);
                      out.writeObjectFieldStart("targetUser");
                      JsonText.person(out, target);
                      out.writeEndObject();
                      where.write(out, target.userId());
                      out.writeBooleanField("canCall", where.available(target.userId()));
                      out.writeBooleanField("wasIntroduced", followed.introduced());
                      out.writeStringField("introducedBy", followed.introducedBy());
                    }));
  }

  private Future<Answer> list(Caller caller) {
    UUID userId = caller.userId();
    return bus.request(IntroductionContract.GET_LINKS, new GetLinks(userId))
        .map(
            found ->
                Answer.ok(
                    out -> {
                      out.writeArrayFieldStart("links");
                      for (Link link : found.links()) {
                        write(out, link, userId);
                      }
                      out.writeEndArray();
                      out.writeNumberField("count", found.links().size());
                    }));
  }

  private static void write(JsonGenerator out, Link link, UUID userId) throws IOException {
    out.writeStartObject();
    out.writeStringField("referralCode", link.code());
    out.writeStringField("targetUserId", link.targetId().toString());
    out.writeStringField("targetUserName", link.targetName());
    out.writeStringField("introducedBy", link.makerName());
    out.writeBooleanField("madeByMe", link.makerId().equals(userId));
    JsonText.time(out, "createdAt", link.createdAt());
    JsonText.time(out, "expiresAt", link.expiresAt());
    out.writeEndObject();
  }

  private Future<Answer> revoke(Caller caller, String code) {
    return bus.request(IntroductionContract.REVOKE_LINK, new RevokeLink(caller.userId(), code))
        .map(
            revoked ->
                revoked.known()
                    ? Answer.ok(out -> out.writeBooleanField("success", true))
                    : Answer.error(404, NO_SUCH_LINK));
  }
}
