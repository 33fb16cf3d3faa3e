package com.napalmsky.user;

import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.user.ban.BanAnnouncements;
import com.napalmsky.user.ban.BanInquiries;
import com.napalmsky.user.block.Blocks;
import com.napalmsky.user.ipban.IpBans;
import com.napalmsky.user.report.ReportRules;
import java.time.Duration;

/**
 * How people are kept apart and out.
 *
 * @param banRepeat pause between two announcements of bans that changed lately; zero for never
 * @param blacklistShowsMedia whether the public list has pictures and videos
 * @param blocksMost how many people one user may block
 * @param ipBansMost how many addresses and networks may be banned
 */
public record ModerationRules(
    ReportRules reports,
    Duration banRepeat,
    boolean blacklistShowsMedia,
    int blocksMost,
    int ipBansMost) {

  static ModerationRules from(Settings settings) {
    return new ModerationRules(
        ReportRules.from(settings),
        settings.seconds(BanAnnouncements.SECONDS, 5, 0, 3_600),
        settings.flag(BanInquiries.SHOWS_MEDIA, false),
        settings.number(Blocks.MOST, 1_000, 1, 100_000),
        settings.number(IpBans.MOST, 10_000, 1, 100_000));
  }
}
