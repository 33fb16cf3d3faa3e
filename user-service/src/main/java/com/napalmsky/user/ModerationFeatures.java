package com.napalmsky.user;

import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.contract.user.BanContract;
import com.napalmsky.shared.contract.user.BlockContract;
import com.napalmsky.shared.contract.user.IpBanContract;
import com.napalmsky.shared.contract.user.ReportContract;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.audit.AuditLog;
import com.napalmsky.user.ban.BanAnnouncements;
import com.napalmsky.user.ban.BanInquiries;
import com.napalmsky.user.ban.Bans;
import com.napalmsky.user.ban.ExpiredBans;
import com.napalmsky.user.ban.SignedOutAppeals;
import com.napalmsky.user.block.Blocks;
import com.napalmsky.user.block.Hiding;
import com.napalmsky.user.credential.Passwords;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.encounter.Encounters;
import com.napalmsky.user.ipban.IpBans;
import com.napalmsky.user.report.OldAddresses;
import com.napalmsky.user.report.OldReports;
import com.napalmsky.user.report.Reports;
import com.napalmsky.user.retention.Chore;
import com.napalmsky.user.review.Cases;
import com.napalmsky.user.review.Reviews;
import io.vertx.core.Future;
import java.util.List;

/**
 * What keeps people apart and out, wired together. Safe from any context but {@code announcements},
 * which belongs to the context that starts it.
 *
 * @param chores for the sweep
 */
record ModerationFeatures(
    Blocks blocks,
    Reports reports,
    BanInquiries inquiries,
    SignedOutAppeals signedOutAppeals,
    Cases cases,
    Reviews reviews,
    IpBans ipBans,
    Bans bans,
    BanAnnouncements announcements,
    List<Chore> chores) {

  static ModerationFeatures wire(
      Database database,
      Passwords passwords,
      Bus bus,
      Timers timers,
      AuditLog audit,
      ModerationRules rules) {
    Encounters encounters = new Encounters(database, bus, timers, rules.reports().callAge());
    Hiding hiding = new Hiding(bus);
    Bans bans = new Bans(bus, timers, audit);
    BanInquiries inquiries = new BanInquiries(database, timers, rules.blacklistShowsMedia());
    IpBans ipBans = new IpBans(database, bus, timers, audit, rules.ipBansMost());
    return new ModerationFeatures(
        new Blocks(database, timers, hiding, encounters, rules.blocksMost()),
        new Reports(database, timers, encounters, hiding, bans, rules.reports()),
        inquiries,
        new SignedOutAppeals(database, passwords, inquiries),
        new Cases(database, timers),
        new Reviews(database, timers, bans, audit),
        ipBans,
        bans,
        new BanAnnouncements(database, timers, bans, rules.banRepeat()),
        List.of(
            new ExpiredBans(database, timers, bans),
            new OldReports(database, timers, rules.reports().retention()),
            new OldAddresses(database, timers, rules.reports().retention()),
            ipBans));
  }

  /** Puts all of them on the bus. */
  Future<?> serve(TypedBus bus) {
    return Future.all(
        List.of(
            bus.serve(BlockContract.BLOCK, blocks::block),
            bus.serve(BlockContract.UNBLOCK, blocks::unblock),
            bus.serve(BlockContract.LIST_BLOCKS, blocks::list),
            bus.serve(ReportContract.REPORT, reports::report),
            bus.serve(ReportContract.LIST_REPORTS, reports::list),
            bus.serve(BanContract.CHECK_BAN, inquiries::check),
            bus.serve(BanContract.APPEAL, inquiries::appeal),
            bus.serve(BanContract.APPEAL_SIGNED_OUT, signedOutAppeals::appeal),
            bus.serve(BanContract.LIST_BLACKLIST, inquiries::blacklist),
            bus.serve(BanContract.LIST_PENDING, cases::pending),
            bus.serve(BanContract.LIST_BANS, cases::list),
            bus.serve(BanContract.COUNT, cases::count),
            bus.serve(BanContract.REVIEW, reviews::review),
            bus.serve(BanContract.LIFT_BAN, reviews::lift),
            bus.serve(IpBanContract.BAN_IP, ipBans::ban),
            bus.serve(IpBanContract.LIFT_IP_BAN, ipBans::lift),
            bus.serve(IpBanContract.LIST_IP_BANS, ipBans::list)));
  }
}
