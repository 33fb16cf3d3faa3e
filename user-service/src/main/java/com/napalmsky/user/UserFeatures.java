package com.napalmsky.user;

import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.account.Deletions;
import com.napalmsky.user.account.Links;
import com.napalmsky.user.account.LogIns;
import com.napalmsky.user.account.PasswordChanges;
import com.napalmsky.user.account.SignUps;
import com.napalmsky.user.admin.AdminLogIns;
import com.napalmsky.user.admin.AdminLogOuts;
import com.napalmsky.user.admin.FirstAdmin;
import com.napalmsky.user.admin.Inspections;
import com.napalmsky.user.admin.Refusals;
import com.napalmsky.user.admin.Roles;
import com.napalmsky.user.admin.UserSearch;
import com.napalmsky.user.announcement.Announcing;
import com.napalmsky.user.audit.AuditLog;
import com.napalmsky.user.call.CallRecords;
import com.napalmsky.user.call.History;
import com.napalmsky.user.code.AccessCodes;
import com.napalmsky.user.code.AdminCodes;
import com.napalmsky.user.code.Redemptions;
import com.napalmsky.user.cooldown.Cooldowns;
import com.napalmsky.user.credential.Passwords;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.export.Exports;
import com.napalmsky.user.health.UserHealth;
import com.napalmsky.user.introduction.IntroductionLinks;
import com.napalmsky.user.introduction.Introductions;
import com.napalmsky.user.introduction.Notifications;
import com.napalmsky.user.mail.Mailer;
import com.napalmsky.user.media.OldUsage;
import com.napalmsky.user.overlay.Overlays;
import com.napalmsky.user.payment.Paying;
import com.napalmsky.user.payment.StripeApi;
import com.napalmsky.user.profile.Profiles;
import com.napalmsky.user.reset.PasswordResets;
import com.napalmsky.user.reset.ResetMails;
import com.napalmsky.user.reset.ResetRequests;
import com.napalmsky.user.reset.ResetTokens;
import com.napalmsky.user.retention.Chore;
import com.napalmsky.user.retention.ExpiredRows;
import com.napalmsky.user.retention.Sweep;
import com.napalmsky.user.reunion.Reunions;
import com.napalmsky.user.session.OwnSessions;
import com.napalmsky.user.session.Sessions;
import java.util.ArrayList;
import java.util.List;

/** All that this service can do, wired together. Safe from any context. */
record UserFeatures(
    SignUps signUps,
    Links links,
    LogIns logIns,
    PasswordChanges passwordChanges,
    Deletions deletions,
    ResetRequests resetRequests,
    PasswordResets passwordResets,
    ResetMails resetMails,
    Sessions sessions,
    OwnSessions ownSessions,
    Profiles profiles,
    History history,
    Overlays overlays,
    Cooldowns cooldowns,
    CallRecords calls,
    Reunions reunions,
    ModerationFeatures moderation,
    AuditLog audit,
    AdminLogIns adminLogIns,
    AdminLogOuts adminLogOuts,
    Refusals adminRefusals,
    FirstAdmin firstAdmin,
    Redemptions redemptions,
    AdminCodes adminCodes,
    Paying paying,
    IntroductionLinks introductionLinks,
    Introductions introductions,
    Notifications introductionNotifications,
    UserSearch search,
    Inspections inspections,
    Roles roles,
    Announcing announcing,
    Exports exports,
    Sweep sweep,
    UserHealth health) {

  /** Wires the features; none of them keeps anything between two requests but counts. */
  static UserFeatures wire(
      Database database,
      Passwords passwords,
      StripeApi stripe,
      Mailer mailer,
      Bus bus,
      Timers timers,
      UserConfig config) {
    Sessions sessions = new Sessions(database, bus, timers, config.sessions());
    AccessCodes codes = new AccessCodes(timers);
    AuditLog audit = new AuditLog(database, timers);
    IntroductionLinks links = new IntroductionLinks(database, timers, config.introductions());
    Notifications notifications = new Notifications(database, bus, timers, config.introductions());
    Introductions introductions =
        new Introductions(database, bus, timers, links, notifications, config.introductions());
    Cooldowns cooldowns = new Cooldowns(database, bus, timers);
    Profiles profiles = new Profiles(database, timers);
    ResetTokens resetTokens = new ResetTokens(timers);
    ResetRequests resetRequests = new ResetRequests(database, timers, config.resets().waiting());
    ResetMails resetMails =
        new ResetMails(
            resetRequests,
            resetTokens,
            database,
            mailer,
            timers,
            config.resets(),
            config.mail().limit().plus(config.database().transactionLimit().multipliedBy(4)));
    ModerationFeatures moderation =
        ModerationFeatures.wire(database, passwords, bus, timers, audit, config.moderation());
    List<Chore> chores = new ArrayList<>(ExpiredRows.all(database, timers));
    chores.addAll(moderation.chores());
    chores.add(new OldUsage(database, timers));
    Sweep sweep = new Sweep(chores, timers, config.sweep());
    return new UserFeatures(
        new SignUps(database, timers, sessions, codes, links, introductions, config.accessMode()),
        new Links(database, timers, sessions, passwords, resetTokens),
        new LogIns(database, timers, sessions, passwords),
        new PasswordChanges(database, timers, sessions, passwords, resetTokens),
        new Deletions(database, bus, sessions, passwords),
        resetRequests,
        new PasswordResets(database, timers, sessions, passwords, resetTokens),
        resetMails,
        sessions,
        new OwnSessions(database, timers, sessions),
        profiles,
        new History(database),
        new Overlays(database, timers, config.overlayMost()),
        cooldowns,
        new CallRecords(database, bus, timers, cooldowns, codes, config.calls()),
        new Reunions(database, bus, timers, cooldowns, config.calls().reunion()),
        moderation,
        audit,
        new AdminLogIns(database, timers, sessions, passwords, audit, config.admins()),
        new AdminLogOuts(database, timers, sessions, audit),
        new Refusals(database, timers, audit),
        new FirstAdmin(database, timers, sessions, passwords, audit),
        new Redemptions(database, bus, timers, codes, config.calls().creditsToUnlock()),
        new AdminCodes(database, timers, audit),
        Paying.wire(database, bus, timers, stripe, codes, profiles, config.payments()),
        links,
        introductions,
        notifications,
        new UserSearch(database, timers),
        new Inspections(database, timers, audit),
        new Roles(database, timers, sessions, audit),
        new Announcing(database, bus, timers, audit),
        new Exports(database, timers, config.exports()),
        sweep,
        new UserHealth(database, passwords, stripe, resetMails.counts(), sweep.counts()));
  }
}
