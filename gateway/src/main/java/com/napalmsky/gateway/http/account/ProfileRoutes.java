package com.napalmsky.gateway.http.account;

import com.fasterxml.jackson.core.JsonGenerator;
import com.napalmsky.gateway.auth.SessionCache;
import com.napalmsky.gateway.http.Access;
import com.napalmsky.gateway.http.Answer;
import com.napalmsky.gateway.http.Caller;
import com.napalmsky.gateway.http.Inbound;
import com.napalmsky.gateway.http.JsonText;
import com.napalmsky.gateway.http.Operation;
import com.napalmsky.gateway.http.Refusal;
import com.napalmsky.gateway.limits.Limit;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.user.AccountContract;
import com.napalmsky.shared.contract.user.AccountContract.DeleteAccount;
import com.napalmsky.shared.contract.user.Metrics;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.Account;
import com.napalmsky.shared.contract.user.UserContract.GetAccount;
import com.napalmsky.shared.contract.user.UserContract.GotAccount;
import com.napalmsky.shared.contract.user.UserContract.SaveSocials;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /user/me}. */
public final class ProfileRoutes {

  private static final List<String> NETWORKS =
      List.of("instagram", "tiktok", "twitter", "snapchat", "discord");
  private static final int LONGEST_HANDLE = 64;

  private final Bus bus;
  private final SessionCache sessions;

  public ProfileRoutes(Bus bus, SessionCache sessions) {
    this.bus = bus;
    this.sessions = sessions;
  }

  /** All of them. */
  public List<Operation<?>> operations() {
    return List.of(
        Operation.get("/user/me", Access.SESSION, Limit.API).answeredBy(this::me),
        Operation.put("/user/me", Access.SESSION, Limit.API)
            .reading(Change::read)
            .answeredBy(this::change),
        Operation.delete("/user/me", Access.SESSION, Limit.API, Limit.AUTH_FAILURES)
            .reading(PasswordForms.Deletion::read)
            .countedBy(PasswordForms.Deletion::tokenHash)
            .answeredBy(this::delete));
  }

  /**
   * @param socials null for no change
   */
  private record Change(@Nullable Map<String, String> socials) {

    static Change read(Inbound inbound) {
      if (inbound.body().isNothing("socials")) {
        return new Change(null);
      }
      Map<?, ?> sent = inbound.body().optionalObject("socials");
      return new Change(sent == null ? null : known(sent));
    }

    private static Map<String, String> known(Map<?, ?> sent) {
      Map<String, String> socials = new LinkedHashMap<>();
      for (String network : NETWORKS) {
        if (sent.get(network) instanceof String handle && isHandle(handle.strip())) {
          socials.put(network, handle.strip());
        }
      }
      return socials;
    }

    private static boolean isHandle(String handle) {
      return !handle.isEmpty()
          && handle.length() <= LONGEST_HANDLE
          && handle.chars().noneMatch(Character::isISOControl);
    }
  }

  private Future<Answer> me(Caller caller) {
    return account(caller).map(account -> Answer.ok(out -> write(out, account)));
  }

  private Future<Answer> change(Caller caller, Change change) {
    Map<String, String> socials = change.socials();
    Future<Account> changed =
        socials == null
            ? account(caller)
            : bus.request(UserContract.SAVE_SOCIALS, new SaveSocials(caller.userId(), socials))
                .map(ProfileRoutes::found);
    return changed.map(
        account ->
            Answer.ok(
                out -> {
                  out.writeBooleanField("success", true);
                  out.writeObjectFieldStart("user");
                  out.writeStringField("userId", account.person().userId().toString());
                  out.writeStringField("name", account.person().name());
                  JsonText.texts(out, "socials", account.socials());
                  out.writeEndObject();
                }));
  }

  private Future<Answer> delete(Caller caller, PasswordForms.Deletion form) {
    return bus.request(
            AccountContract.DELETE_ACCOUNT,
            new DeleteAccount(caller.tokenHash(), form.currentPassword()))
        .map(
            deleted ->
                switch (deleted.outcome()) {
                  case DELETED -> {
                    // The announcement is on its way; no token of his must be found working.
                    sessions.forgetUser(caller.userId());
                    yield Answer.ok(out -> out.writeBooleanField("success", true));
                  }
                  case SESSION_REFUSED -> Answer.error(401, "Invalid or expired session");
                  case PASSWORD_NEEDED ->
                      Answer.error(400, "currentPassword is required: the account has one");
                  case PASSWORD_WRONG -> Answer.error(403, "currentPassword is wrong");
                });
  }

  private Future<Account> account(Caller caller) {
    return bus.request(UserContract.GET_ACCOUNT, new GetAccount(caller.userId()))
        .map(ProfileRoutes::found);
  }

  private static Account found(GotAccount got) {
    Account account = got.account();
    if (account == null) {
      throw Refusal.of(404, "This account does not exist any more");
    }
    return account;
  }

  private static void write(JsonGenerator out, Account account) throws IOException {
    JsonText.person(out, account.person());
    out.writeStringField("accountType", account.permanent() ? "permanent" : "guest");
    JsonText.optional(out, "email", account.email());
    JsonText.texts(out, "socials", account.socials());
    JsonText.time(out, "createdAt", account.createdAt());
    Metrics metrics = account.metrics();
    out.writeNumberField("timerTotalSeconds", metrics.timerTotalSeconds());
    out.writeNumberField("sessionCount", metrics.sessionCount());
    out.writeArrayFieldStart("lastSessions");
    for (Metrics.PastSession session : metrics.lastSessions()) {
      out.writeStartObject();
      JsonText.time(out, "at", session.at());
      out.writeNumberField("duration", session.durationSeconds());
      out.writeEndObject();
    }
    out.writeEndArray();
    if (account.streakDays() == null) {
      out.writeNullField("streakDays");
    } else {
      out.writeNumberField("streakDays", account.streakDays());
    }
    out.writeStringField("paidStatus", account.paidStatus().wire());
    out.writeBooleanField("qrUnlocked", account.qrUnlocked());
    out.writeNumberField("successfulSessions", account.successfulSessions());
    out.writeStringField("banStatus", account.banStatus().wire());
  }
}
