package com.napalmsky.gateway;

import static com.napalmsky.gateway.FakeServices.ANNA;
import static com.napalmsky.gateway.FakeServices.BERT;
import static com.napalmsky.gateway.FakeServices.THEN;

import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.contract.user.IntroductionContract;
import com.napalmsky.shared.contract.user.IntroductionContract.FollowOutcome;
import com.napalmsky.shared.contract.user.IntroductionContract.FollowedLink;
import com.napalmsky.shared.contract.user.IntroductionContract.FoundLink;
import com.napalmsky.shared.contract.user.IntroductionContract.Introductions;
import com.napalmsky.shared.contract.user.IntroductionContract.Link;
import com.napalmsky.shared.contract.user.IntroductionContract.Links;
import com.napalmsky.shared.contract.user.IntroductionContract.MadeLink;
import com.napalmsky.shared.contract.user.IntroductionContract.MakeOutcome;
import com.napalmsky.shared.contract.user.IntroductionContract.MarkedRead;
import com.napalmsky.shared.contract.user.IntroductionContract.Newcomer;
import com.napalmsky.shared.contract.user.IntroductionContract.Notification;
import com.napalmsky.shared.contract.user.IntroductionContract.Notifications;
import com.napalmsky.shared.contract.user.IntroductionContract.RemovedIntroduction;
import com.napalmsky.shared.contract.user.IntroductionContract.RevokedLink;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/** What user-service answers about introductions, unless a test says otherwise. */
final class FakeIntroductions {

  static final String CODE = "MEETANNA42";
  static final UUID NEWS = UUID.fromString("44444444-4444-4444-4444-444444444444");

  volatile MadeLink made = new MadeLink(MakeOutcome.MADE, CODE, ANNA.name(), null);
  volatile FoundLink found = new FoundLink(ANNA, "Zoe");
  volatile FollowedLink followed = new FollowedLink(FollowOutcome.FOLLOWED, ANNA, "Zoe", true);
  volatile Links links =
      new Links(
          List.of(
              new Link(
                  CODE,
                  BERT.userId(),
                  "Bert",
                  ANNA.userId(),
                  ANNA.name(),
                  THEN,
                  THEN.plusSeconds(60))));
  volatile Introductions introductions =
      new Introductions(
          List.of(new Newcomer(ANNA, "Zoe", THEN), new Newcomer(BERT, "Deleted account", THEN)));
  volatile Notifications notifications =
      new Notifications(
          List.of(
              new Notification(
                  NEWS,
                  ANNA.userId(),
                  BERT.userId(),
                  "Bert",
                  UUID.randomUUID(),
                  "Zoe",
                  THEN,
                  false),
              new Notification(
                  UUID.randomUUID(),
                  ANNA.userId(),
                  UUID.randomUUID(),
                  "Cleo",
                  null,
                  "Deleted account",
                  THEN,
                  true)),
          1);
  volatile boolean known = true;

  /** Makes all links and introductions unknown. */
  void nothing() {
    made = new MadeLink(MakeOutcome.NO_SUCH_PERSON, null, null, null);
    found = new FoundLink(null, null);
    followed = new FollowedLink(FollowOutcome.NO_SUCH_LINK, null, null, false);
    known = false;
  }

  Future<?> serve(FakeServices services) {
    TypedBus bus = services.bus();
    return Future.all(
        List.of(
            bus.serve(IntroductionContract.MAKE_LINK, services.answer(asked -> made)),
            bus.serve(IntroductionContract.FIND_LINK, services.answer(asked -> found)),
            bus.serve(IntroductionContract.FOLLOW_LINK, services.answer(asked -> followed)),
            bus.serve(IntroductionContract.GET_LINKS, services.answer(asked -> links)),
            bus.serve(
                IntroductionContract.REVOKE_LINK, services.answer(asked -> new RevokedLink(known))),
            bus.serve(
                IntroductionContract.GET_INTRODUCTIONS, services.answer(asked -> introductions)),
            bus.serve(
                IntroductionContract.REMOVE_INTRODUCTION,
                services.answer(asked -> new RemovedIntroduction(known))),
            bus.serve(
                IntroductionContract.GET_NOTIFICATIONS,
                services.answer(
                    // Nobody's sockets hear of them.
                    asked -> asked.unreadOnly() ? new Notifications(List.of(), 0) : notifications)),
            bus.serve(IntroductionContract.MARK_READ, services.answer(asked -> new MarkedRead()))));
  }
}
