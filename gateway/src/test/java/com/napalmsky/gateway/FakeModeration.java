package com.napalmsky.gateway;

import static com.napalmsky.gateway.FakeServices.ANNA;
import static com.napalmsky.gateway.FakeServices.BERT;
import static com.napalmsky.gateway.FakeServices.THEN;

import com.napalmsky.shared.contract.user.BanContract;
import com.napalmsky.shared.contract.user.BanContract.AppealOutcome;
import com.napalmsky.shared.contract.user.BanContract.Appealed;
import com.napalmsky.shared.contract.user.BanContract.BanChecked;
import com.napalmsky.shared.contract.user.BanContract.BanRecord;
import com.napalmsky.shared.contract.user.BanContract.BansListed;
import com.napalmsky.shared.contract.user.BanContract.Blacklist;
import com.napalmsky.shared.contract.user.BanContract.BlacklistEntry;
import com.napalmsky.shared.contract.user.BanContract.ModerationCounted;
import com.napalmsky.shared.contract.user.BanContract.PendingCase;
import com.napalmsky.shared.contract.user.BanContract.PendingCases;
import com.napalmsky.shared.contract.user.BanContract.ReviewOutcome;
import com.napalmsky.shared.contract.user.BanContract.ReviewStatus;
import com.napalmsky.shared.contract.user.BanContract.Reviewed;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.BlockContract;
import com.napalmsky.shared.contract.user.BlockContract.BlockEntry;
import com.napalmsky.shared.contract.user.BlockContract.BlockOutcome;
import com.napalmsky.shared.contract.user.BlockContract.Blocked;
import com.napalmsky.shared.contract.user.BlockContract.Blocks;
import com.napalmsky.shared.contract.user.BlockContract.Unblocked;
import com.napalmsky.shared.contract.user.Cursor;
import com.napalmsky.shared.contract.user.IpBanContract;
import com.napalmsky.shared.contract.user.IpBanContract.IpBan;
import com.napalmsky.shared.contract.user.IpBanContract.IpBanLifted;
import com.napalmsky.shared.contract.user.IpBanContract.IpBanned;
import com.napalmsky.shared.contract.user.IpBanContract.IpBans;
import com.napalmsky.shared.contract.user.IpBanContract.IpBansChanged;
import com.napalmsky.shared.contract.user.IpBanContract.ListIpBans;
import com.napalmsky.shared.contract.user.ReportContract;
import com.napalmsky.shared.contract.user.ReportContract.ReportEntry;
import com.napalmsky.shared.contract.user.ReportContract.ReportOutcome;
import com.napalmsky.shared.contract.user.ReportContract.Reported;
import com.napalmsky.shared.contract.user.ReportContract.Reports;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/** Reports, blocks, bans and banned addresses of user-service, with answers a test can replace. */
final class FakeModeration {

  static final UUID ID = UUID.fromString("55555555-5555-5555-5555-555555555555");
  static final Cursor NEXT = new Cursor(THEN, ID);

  private static final ReportEntry REPORT =
      new ReportEntry(ID, ANNA, BERT.userId(), "Bert", "192.0.2.7", "Was rude", THEN, ID);
  private static final ReportEntry IMPORTED =
      new ReportEntry(ID, BERT, ANNA.userId(), "Anna", null, "", THEN, null);

  volatile Reported reported = new Reported(ReportOutcome.TAKEN, ID, 3, false, false);
  volatile Reports reports = new Reports(List.of(REPORT, IMPORTED), NEXT);
  volatile Blocked blocked = new Blocked(BlockOutcome.BLOCKED, false);
  volatile Blocks blocks = new Blocks(List.of(new BlockEntry(BERT, THEN)), null);
  volatile boolean blockFound = true;
  volatile BanChecked checked = new BanChecked(BanStatus.TEMPORARY, decided());
  volatile AppealOutcome appeal = AppealOutcome.APPEALED;
  volatile Blacklist blacklist =
      new Blacklist(
          List.of(
              new BlacklistEntry("Anna", ANNA.selfieUrl(), ANNA.videoUrl(), THEN, "4 reports", 4),
              new BlacklistEntry("Bert", null, null, THEN, "", 0)),
          THEN,
          NEXT);
  volatile PendingCases pending =
      new PendingCases(List.of(new PendingCase(open(), List.of(REPORT, IMPORTED))), NEXT);
  volatile ReviewOutcome review = ReviewOutcome.DECIDED;
  volatile boolean ipBanFound = true;
  volatile boolean ipBansFull;
  volatile List<IpBan> ipBans = List.of();

  private FakeServices services;

  static BanRecord open() {
    return new BanRecord(
        BERT,
        BanStatus.TEMPORARY,
        THEN,
        "4 reports",
        null,
        4,
        ReviewStatus.PENDING,
        null,
        null,
        null,
        null,
        null,
        List.of());
  }

  static BanRecord decided() {
    return new BanRecord(
        ANNA,
        BanStatus.TEMPORARY,
        THEN,
        "4 reports",
        THEN.plusSeconds(60),
        4,
        ReviewStatus.REVIEWED_BAN,
        THEN,
        ID,
        "Was rude",
        "I was not",
        THEN,
        List.of("192.0.2.1", "2001:db8::1"));
  }

  static IpBan ipBan(String network) {
    return new IpBan(UUID.randomUUID(), network, "Sells things", THEN, null, ID, null);
  }

  /** Nothing that is asked for exists. */
  void nothing() {
    reported = new Reported(ReportOutcome.UNKNOWN_USER, null, 0, false, false);
    blocked = new Blocked(BlockOutcome.UNKNOWN_USER, false);
    checked = new BanChecked(null, null);
    review = ReviewOutcome.UNKNOWN_USER;
    ipBanFound = false;
  }

  /** Nobody is banned, and everything is full. */
  void conflict() {
    blocked = new Blocked(BlockOutcome.TOO_MANY, false);
    appeal = AppealOutcome.ALREADY_APPEALED;
    review = ReviewOutcome.NOT_BANNED;
    ipBansFull = true;
  }

  /** Changes the list of banned addresses, and says so. */
  void ban(String... networks) {
    ipBans = List.of(networks).stream().map(FakeModeration::ipBan).toList();
    services.bus().publish(IpBanContract.IP_BANS_CHANGED, new IpBansChanged());
  }

  Future<?> serve(FakeServices all) {
    services = all;
    return Future.all(
        List.of(
            all.serve(ReportContract.REPORT, asked -> reported),
            all.serve(ReportContract.LIST_REPORTS, asked -> reports),
            all.serve(BlockContract.BLOCK, asked -> blocked),
            all.serve(BlockContract.UNBLOCK, asked -> new Unblocked(blockFound)),
            all.serve(BlockContract.LIST_BLOCKS, asked -> blocks),
            all.serve(BanContract.CHECK_BAN, asked -> checked),
            all.serve(BanContract.APPEAL, asked -> new Appealed(appeal)),
            all.serve(BanContract.APPEAL_SIGNED_OUT, asked -> new Appealed(appeal)),
            all.serve(BanContract.LIST_BLACKLIST, asked -> blacklist),
            all.serve(BanContract.LIST_PENDING, asked -> pending),
            all.serve(
                BanContract.LIST_BANS, asked -> new BansListed(List.of(decided(), open()), NEXT)),
            all.serve(BanContract.REVIEW, asked -> new Reviewed(review)),
            all.serve(BanContract.LIFT_BAN, asked -> new Reviewed(review)),
            all.serve(BanContract.COUNT, asked -> new ModerationCounted(9, 8, 7, 6, 5, 4, 3, 2)),
            all.serve(
                IpBanContract.BAN_IP,
                asked -> new IpBanned(ipBansFull ? null : ipBan(asked.network()))),
            all.serve(IpBanContract.LIFT_IP_BAN, asked -> new IpBanLifted(ipBanFound)),
            all.serve(IpBanContract.LIST_IP_BANS, this::listIpBans)));
  }

  private IpBans listIpBans(ListIpBans asked) {
    // In pages of two, so that who wants all of them has to go on asking.
    int from = 0;
    while (asked.before() != null && from < ipBans.size()) {
      if (ipBans.get(from++).id().equals(asked.before().id())) {
        break;
      }
    }
    int to = Math.min(from + 2, ipBans.size());
    return new IpBans(
        ipBans.subList(from, to),
        to < ipBans.size() ? new Cursor(THEN, ipBans.get(to - 1).id()) : null);
  }
}
