package com.napalmsky.user;

import static com.napalmsky.shared.contract.user.AccountContract.CHANGE_PASSWORD;
import static com.napalmsky.shared.contract.user.AccountContract.DELETE_ACCOUNT;
import static com.napalmsky.shared.contract.user.AccountContract.REQUEST_RESET;
import static com.napalmsky.shared.contract.user.AccountContract.RESET_PASSWORD;
import static com.napalmsky.shared.contract.user.CodeContract.APPLY_CODE;
import static com.napalmsky.shared.contract.user.CodeContract.DEACTIVATE_CODE;
import static com.napalmsky.shared.contract.user.CodeContract.GENERATE_CODE;
import static com.napalmsky.shared.contract.user.CodeContract.LIST_CODES;
import static com.napalmsky.shared.contract.user.CodeContract.VALIDATE_CODE;
import static com.napalmsky.shared.contract.user.PaymentContract.CREATE_CHECKOUT;
import static com.napalmsky.shared.contract.user.PaymentContract.PAYMENT_STATUS;
import static com.napalmsky.shared.contract.user.PaymentContract.RECEIVE_WEBHOOK;
import static com.napalmsky.shared.contract.user.SessionContract.END_SESSION;
import static com.napalmsky.shared.contract.user.SessionContract.LIST_SESSIONS;
import static com.napalmsky.shared.contract.user.SessionContract.LOG_OUT_EVERYWHERE;
import static com.napalmsky.shared.contract.user.UserContract.AUTHENTICATE;
import static com.napalmsky.shared.contract.user.UserContract.FIND_PERSON;
import static com.napalmsky.shared.contract.user.UserContract.GET_ACCOUNT;
import static com.napalmsky.shared.contract.user.UserContract.GET_HISTORY;
import static com.napalmsky.shared.contract.user.UserContract.GET_OVERLAY;
import static com.napalmsky.shared.contract.user.UserContract.LINK;
import static com.napalmsky.shared.contract.user.UserContract.LOG_IN;
import static com.napalmsky.shared.contract.user.UserContract.LOG_OUT;
import static com.napalmsky.shared.contract.user.UserContract.RECORD_CALL;
import static com.napalmsky.shared.contract.user.UserContract.SAVE_SOCIALS;
import static com.napalmsky.shared.contract.user.UserContract.SET_COOLDOWN;
import static com.napalmsky.shared.contract.user.UserContract.SIGN_UP;

import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.contract.health.HealthContract;
import com.napalmsky.shared.contract.user.AdminContract;
import com.napalmsky.shared.contract.user.AnnouncementContract;
import com.napalmsky.shared.contract.user.ExportContract;
import com.napalmsky.shared.contract.user.HistoryContract;
import com.napalmsky.shared.contract.user.IntroductionContract;
import com.napalmsky.shared.contract.user.ReunionContract;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.Objects;

/** Puts the features on the bus. No decision is taken here. */
final class UserVerticle extends VerticleBase {

  private final UserFeatures features;
  private final UserMeters meters;
  private final TypedBus bus;

  UserVerticle(UserFeatures features, UserMeters meters, TypedBus bus) {
    this.features = Objects.requireNonNull(features);
    this.meters = Objects.requireNonNull(meters);
    this.bus = Objects.requireNonNull(bus);
  }

  @Override
  public Future<?> start() {
    return Future.all(
            List.of(
                bus.serve(SIGN_UP, asked -> features.signUps().signUp(asked).map(meters::signedUp)),
                bus.serve(LINK, features.links()::link),
                bus.serve(LOG_IN, asked -> features.logIns().logIn(asked).map(meters::loggedIn)),
                bus.serve(LOG_OUT, features.sessions()::logOut),
                bus.serve(AUTHENTICATE, features.sessions()::authenticate),
                bus.serve(LIST_SESSIONS, features.ownSessions()::list),
                bus.serve(END_SESSION, features.ownSessions()::end),
                bus.serve(LOG_OUT_EVERYWHERE, features.ownSessions()::logOutEverywhere),
                bus.serve(CHANGE_PASSWORD, features.passwordChanges()::change),
                bus.serve(REQUEST_RESET, features.resetRequests()::add),
                bus.serve(RESET_PASSWORD, features.passwordResets()::reset),
                bus.serve(DELETE_ACCOUNT, features.deletions()::delete),
                bus.serve(GET_ACCOUNT, features.profiles()::get),
                bus.serve(SAVE_SOCIALS, features.profiles()::save),
                bus.serve(FIND_PERSON, features.profiles()::find),
                bus.serve(GET_HISTORY, features.history()::get),
                bus.serve(HistoryContract.DELETE_HISTORY, features.history()::delete),
                bus.serve(GET_OVERLAY, features.overlays()::get),
                bus.serve(SET_COOLDOWN, features.cooldowns()::set),
                bus.serve(RECORD_CALL, features.calls()::record),
                bus.serve(ReunionContract.WISH, features.reunions()::wish),
                bus.serve(AdminContract.LOG_IN, features.adminLogIns()::logIn),
                bus.serve(AdminContract.LOG_OUT, features.adminLogOuts()::logOut),
                bus.serve(AdminContract.NOTE_REFUSAL, features.adminRefusals()::note),
                bus.serve(AdminContract.LIST_AUDIT, features.audit()::list),
                bus.serve(APPLY_CODE, features.redemptions()::apply),
                bus.serve(VALIDATE_CODE, features.redemptions()::validate),
                bus.serve(GENERATE_CODE, features.adminCodes()::generate),
                bus.serve(LIST_CODES, features.adminCodes()::list),
                bus.serve(DEACTIVATE_CODE, features.adminCodes()::deactivate),
                bus.serve(CREATE_CHECKOUT, features.paying().checkouts()::create),
                bus.serve(RECEIVE_WEBHOOK, features.paying().webhooks()::receive),
                bus.serve(PAYMENT_STATUS, features.paying().statuses()::get),
                serveIntroductions(),
                features.moderation().serve(bus),
                bus.serve(AdminContract.SEARCH_USERS, features.search()::find),
                bus.serve(AdminContract.INSPECT_USER, features.inspections()::inspect),
                bus.serve(AdminContract.NOTE_CALL_END, features.audit()::note),
                bus.serve(AdminContract.SET_ROLE, features.roles()::set),
                bus.serve(ExportContract.EXPORT, features.exports()::export),
                bus.serve(AnnouncementContract.ANNOUNCE, features.announcing()::announce),
                bus.serve(AnnouncementContract.WITHDRAW, features.announcing()::withdraw),
                bus.serve(AnnouncementContract.LIST, features.announcing()::list),
                bus.serve(AnnouncementContract.LIST_ALL, features.announcing()::listAll),
                bus.serve(HealthContract.HEALTH.at("user"), features.health()::ask)))
        // Vert.x does not stop a verticle whose start failed.
        .recover(cause -> bus.close().transform(closed -> Future.failedFuture(cause)));
  }

  private Future<?> serveIntroductions() {
    return Future.all(
        List.of(
            bus.serve(IntroductionContract.MAKE_LINK, features.introductionLinks()::make),
            bus.serve(IntroductionContract.FIND_LINK, features.introductionLinks()::find),
            bus.serve(IntroductionContract.GET_LINKS, features.introductionLinks()::list),
            bus.serve(IntroductionContract.REVOKE_LINK, features.introductionLinks()::revoke),
            bus.serve(IntroductionContract.FOLLOW_LINK, features.introductions()::follow),
            bus.serve(IntroductionContract.GET_INTRODUCTIONS, features.introductions()::get),
            bus.serve(IntroductionContract.REMOVE_INTRODUCTION, features.introductions()::remove),
            bus.serve(
                IntroductionContract.GET_NOTIFICATIONS, features.introductionNotifications()::get),
            bus.serve(
                IntroductionContract.MARK_READ, features.introductionNotifications()::markRead)));
  }

  @Override
  public Future<?> stop() {
    return bus.close();
  }
}
