package com.napalmsky.standalone.access;

import static java.util.Map.entry;

import com.napalmsky.user.media.content.Pictures;
import com.napalmsky.user.media.content.Videos;
import com.napalmsky.user.payment.StripeStandIn;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How each route is asked so that nothing but the caller's standing decides: with what it needs in
 * path and body, on a thing of the owner's that is really there. Routes that need neither have no
 * line here.
 */
final class Routes {

  /** Prepares the thing, and says how to ask for it. */
  @FunctionalInterface
  private interface Recipe {
    Request prepare(Case asked) throws Exception;
  }

  private static final byte[] SELFIE = Pictures.jpeg(32, 32);
  private static final byte[] VIDEO = Videos.recordedWebm(2);

  private final StripeStandIn stripe;
  private final Stage stage;
  private final String uploadedFile;
  private final Map<String, Recipe> recipes;

  /**
   * @param uploadedFile the path of a file that somebody uploaded
   */
  Routes(StripeStandIn stripe, Stage stage, String uploadedFile) {
    this.stripe = stripe;
    this.stage = stage;
    this.uploadedFile = uploadedFile;
    this.recipes =
        Map.ofEntries(
            entry("POST /auth/guest", c -> Request.json("name", "Zoe", "gender", "female")),
            entry("POST /auth/link", Routes::link),
            entry("POST /auth/login", Routes::logIn),
            entry("POST /auth/appeal", Routes::appealSignedOut),
            entry("POST /auth/logout", Routes::logOut),
            entry("POST /admin/logout", Routes::logOut),
            entry("POST /auth/logout-everywhere", c -> Request.json()),
            entry("POST /auth/password/change", Routes::changePassword),
            entry("POST /auth/password/reset-request", Routes::askForReset),
            entry("POST /auth/password/reset", Routes::reset),
            entry("DELETE /user/me/sessions/{id}", Routes::endSession),
            entry("PUT /user/me", Routes::saveSocials),
            entry("DELETE /user/me", Routes::deleteAccount),
            entry("DELETE /room/history", c -> deleteHistory(c, false)),
            entry("DELETE /room/history/{roomId}", c -> deleteHistory(c, true)),
            entry("POST /admin/login", Routes::logInAdmin),
            entry("POST /referral/generate", c -> Request.json("targetUserId", somebody(c))),
            entry("GET /referral/info/{code}", c -> Request.bare().at("/referral/info/" + code(c))),
            entry(
                "GET /referral/target-status/{code}",
                c -> Request.bare().at("/referral/target-status/" + code(c))),
            entry("POST /referral/direct-match", c -> Request.json("referralCode", code(c))),
            entry("DELETE /referral/links/{code}", Routes::revokeLink),
            entry("PUT /referral/notifications/{id}/read", Routes::readNotification),
            entry("DELETE /referral/introductions/{userId}", Routes::removeIntroduction),
            entry("POST /payment/webhook", c -> webhook()),
            entry(
                "POST /payment/apply-code",
                c -> Request.json("inviteCode", c.people().accessCode())),
            entry(
                "POST /payment/validate-code", c -> Request.json("code", c.people().accessCode())),
            entry(
                "GET /payment/qr/{code}",
                c -> Request.bare().at("/payment/qr/" + c.people().accessCode())),
            entry("POST /payment/admin/generate-code", c -> Request.json("label", "Flyer")),
            entry("POST /payment/admin/deactivate-code", Routes::deactivateCode),
            entry(
                "GET /admin/users/{userId}",
                c -> Request.bare().at("/admin/users/" + c.owner().id())),
            entry("PUT /admin/users/{userId}/role", Routes::setRole),
            entry("POST /admin/calls/{roomId}/end", this::endCall),
            entry("POST /admin/announcements", c -> Request.json("text", "Closed tonight")),
            entry("DELETE /admin/announcements/{id}", Routes::withdraw),
            entry("POST /media/selfie", c -> Request.file("selfie", SELFIE)),
            entry("POST /media/video", c -> Request.file("video", VIDEO)),
            entry("GET /uploads/{name}", c -> Request.bare().at(this.uploadedFile)),
            entry("POST /report/user", Routes::report),
            entry("POST /report/appeal", Routes::appeal),
            entry("POST /report/review/{userId}", Routes::review),
            entry("POST /report/unban/{userId}", Routes::unban),
            entry("POST /report/ip-bans", c -> Request.json("ip", "203.0.113.7", "reason", "spam")),
            entry("DELETE /report/ip-bans/{banId}", Routes::liftIpBan),
            entry(
                "GET /report/check-ip/{ip}",
                c -> Request.bare().at("/report/check-ip/203.0.113.9")),
            entry("POST /room/again", Routes::talkAgain),
            entry("POST /user/blocks", c -> Request.json("userId", somebody(c))),
            entry("DELETE /user/blocks/{userId}", Routes::unblock));
  }

  /** The routes that have a line here. */
  Set<String> described() {
    return recipes.keySet();
  }

  /** Prepares the thing a route is about, and says how to ask for it. */
  Request request(String route, Case asked) throws Exception {
    Recipe recipe = recipes.get(route);
    if (recipe != null) {
      return recipe.prepare(asked);
    }
    if (route.contains("{")) {
      throw new IllegalStateException(
          "'" + route + "' needs something in its path: give it a line in Routes.java");
    }
    return Request.bare();
  }

  private static String somebody(Case asked) {
    return asked.people().account().id().toString();
  }

  /** Of a link that the owner made. */
  private static String code(Case asked) {
    return asked.people().link(asked.owner(), asked.people().account());
  }

  private static Request link(Case asked) {
    return Request.json(
            "sessionToken", asked.token(),
            "email", asked.caller().email(),
            "password", People.PASSWORD)
        .changing(() -> ofUser(asked, "email"));
  }

  private static String ofUser(Case asked, String column) {
    return String.valueOf(
        asked
            .people()
            .look("SELECT " + column + " FROM users WHERE user_id = ?", asked.caller().id()));
  }

  private static Request logIn(Case asked) {
    asked.people().makePermanent(asked.caller());
    return Request.json("email", asked.caller().email(), "password", People.PASSWORD);
  }

  private static Request appealSignedOut(Case asked) {
    asked.people().makePermanent(asked.caller());
    return Request.json(
            "email", asked.caller().email(), "password", People.PASSWORD, "text", "It was not me")
        .changing(() -> appealOf(asked));
  }

  private static Request appeal(Case asked) {
    return Request.json("text", "It was not me").changing(() -> appealOf(asked));
  }

  private static @Nullable String appealOf(Case asked) {
    return asked
        .people()
        .look("SELECT appeal FROM ban_records WHERE user_id = ?", asked.caller().id());
  }

  private static Request logInAdmin(Case asked) {
    return Request.json("username", asked.caller().name(), "password", People.PASSWORD);
  }

  private static Request logOut(Case asked) {
    return Request.json()
        .changing(
            () ->
                asked
                    .people()
                    .look(
                        "SELECT string_agg(state, ',') FROM sessions"
                            + " WHERE user_id = ? AND expires_at > now()",
                        asked.caller().id()));
  }

  private static Request changePassword(Case asked) {
    asked.people().makePermanent(asked.caller());
    return Request.json(
            "currentPassword", People.PASSWORD, "newPassword", "another " + People.PASSWORD)
        .changing(() -> ofUser(asked, "password_hash"));
  }

  private static Request askForReset(Case asked) {
    asked.people().makePermanent(asked.owner());
    return Request.json("email", asked.owner().email());
  }

  private static Request reset(Case asked) {
    asked.people().makePermanent(asked.owner());
    return Request.json(
        "token", asked.people().resetToken(asked.owner()), "newPassword", "brand new horse");
  }

  private static Request endSession(Case asked) {
    People people = asked.people();
    UUID other = people.session(asked.owner(), People.secret(), Guise.OWNER);
    return Request.bare()
        .at("/user/me/sessions/" + other)
        .changing(() -> people.look("SELECT state FROM sessions WHERE session_id = ?", other));
  }

  private static Request saveSocials(Case asked) {
    return Request.json("socials", new JsonObject().put("instagram", "zoe"))
        .changing(() -> ofUser(asked, "socials"));
  }

  private static Request deleteAccount(Case asked) {
    return Request.json().changing(() -> ofUser(asked, "user_id"));
  }

  private static Request revokeLink(Case asked) {
    String code = code(asked);
    return Request.bare()
        .at("/referral/links/" + code)
        .changing(
            () ->
                asked.people().look("SELECT revoked_at FROM referral_codes WHERE code = ?", code));
  }

  private static Request readNotification(Case asked) {
    UUID id = asked.people().introduction(asked.owner(), asked.people().account());
    return Request.bare()
        .at("/referral/notifications/" + id + "/read")
        .changing(
            () ->
                asked
                    .people()
                    .look("SELECT read_at FROM introductions WHERE introduction_id = ?", id));
  }

  private static Request removeIntroduction(Case asked) {
    Account newcomer = asked.people().account();
    UUID id = asked.people().introduction(asked.owner(), newcomer);
    return Request.bare()
        .at("/referral/introductions/" + newcomer.id())
        .changing(
            () ->
                asked
                    .people()
                    .look("SELECT removed_at FROM introductions WHERE introduction_id = ?", id));
  }

  private Request webhook() {
    String event = stripe.event("customer.created", new JsonObject().put("object", "customer"));
    return Request.text(event, StripeStandIn.signature(event, Instant.now()));
  }

  private static Request deactivateCode(Case asked) {
    String code = asked.people().accessCode();
    return Request.json("code", code)
        .changing(
            () -> asked.people().look("SELECT is_active FROM invite_codes WHERE code = ?", code));
  }

  private static Request setRole(Case asked) {
    Account somebody = asked.people().account();
    asked.people().makePermanent(somebody);
    return Request.json("role", "admin")
        .at("/admin/users/" + somebody.id() + "/role")
        .changing(
            () -> asked.people().look("SELECT role FROM users WHERE user_id = ?", somebody.id()));
  }

  private Request endCall(Case asked) throws Exception {
    return Request.json("reason", "asked for").at("/admin/calls/" + stage.call(asked) + "/end");
  }

  private static Request withdraw(Case asked) {
    UUID id = asked.people().announcement();
    return Request.bare()
        .at("/admin/announcements/" + id)
        .changing(
            () ->
                asked
                    .people()
                    .look("SELECT withdrawn_at FROM announcements WHERE announcement_id = ?", id));
  }

  private static Request report(Case asked) {
    Account partner = asked.people().account();
    asked.people().met(asked.owner(), partner);
    return Request.json("reportedUserId", partner.id().toString(), "reason", "rude")
        .changing(
            () ->
                asked
                    .people()
                    .look("SELECT count(*) FROM reports WHERE reported_user_id = ?", partner.id()));
  }

  private static Request talkAgain(Case asked) {
    UUID room = asked.people().met(asked.owner(), asked.people().account());
    return Request.json("roomId", room.toString())
        .changing(
            () ->
                asked
                    .people()
                    .look(
                        "SELECT first_wishes_again OR second_wishes_again FROM finished_calls"
                            + " WHERE room_id = ?",
                        room));
  }

  private static Request review(Case asked) {
    Account banned = asked.people().account();
    asked.people().ban(banned, "temporary");
    return Request.json("decision", "permanent")
        .at("/report/review/" + banned.id())
        .changing(() -> banOf(asked, banned));
  }

  private static Request unban(Case asked) {
    Account banned = asked.people().account();
    asked.people().ban(banned, "temporary");
    return Request.json().at("/report/unban/" + banned.id()).changing(() -> banOf(asked, banned));
  }

  private static String banOf(Case asked, Account banned) {
    return String.valueOf(
        asked.people().look("SELECT ban_status FROM users WHERE user_id = ?", banned.id()));
  }

  private static Request liftIpBan(Case asked) {
    UUID id = asked.people().bannedAddress();
    return Request.bare()
        .at("/report/ip-bans/" + id)
        .changing(() -> asked.people().look("SELECT ban_id FROM ip_bans WHERE ban_id = ?", id));
  }

  private static Request deleteHistory(Case asked, boolean one) {
    UUID room = asked.people().talked(asked.owner());
    return Request.bare()
        .at(one ? "/room/history/" + room : "/room/history")
        .changing(
            () ->
                asked.people().look("SELECT session_id FROM chat_history WHERE room_id = ?", room));
  }

  private static Request unblock(Case asked) {
    Account blocked = asked.people().account();
    asked.people().block(asked.owner(), blocked);
    return Request.bare()
        .at("/user/blocks/" + blocked.id())
        .changing(
            () ->
                asked
                    .people()
                    .look("SELECT created_at FROM blocks WHERE blocked_id = ?", blocked.id()));
  }
}
