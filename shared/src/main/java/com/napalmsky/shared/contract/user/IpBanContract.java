package com.napalmsky.shared.contract.user;

import com.napalmsky.shared.bus.Endpoint;
import com.napalmsky.shared.bus.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Addresses that an admin keeps out. See {@code docs/contracts/moderation.md}. */
public final class IpBanContract {

  private IpBanContract() {}

  /**
   * A ban of an address or a network.
   *
   * @param network one address, or a network as {@code address/length}, in its shortest form
   * @param until when it ends, null for not by itself
   * @param bannedBy null when imported
   * @param userId whose address it was, null when it is nobody's or imported without one
   */
  public record IpBan(
      UUID id,
      String network,
      String reason,
      Instant bannedAt,
      @Nullable Instant until,
      @Nullable UUID bannedBy,
      @Nullable UUID userId) {}

  /**
   * {@code POST /report/ip-bans}. Written to the audit log in the same transaction. Of a network
   * that is banned already it replaces reason and end.
   *
   * @param network in its shortest form
   * @param reason at most {@link ReportContract#LONGEST_REASON} characters
   * @param until null for not by itself
   */
  public record BanIp(String network, String reason, @Nullable Instant until, Actor actor) {}

  /**
   * @param ban null when there are as many as may be
   */
  public record IpBanned(@Nullable IpBan ban) {}

  /** {@code DELETE /report/ip-bans/{id}}. Written to the audit log in the same transaction. */
  public record LiftIpBan(UUID id, Actor actor) {}

  /**
   * @param found whether there was such a ban
   */
  public record IpBanLifted(boolean found) {}

  /**
   * Bans that have not run out, newest first.
   *
   * @param bannedBy only those of this admin, or null
   */
  public record ListIpBans(@Nullable Cursor before, int limit, @Nullable UUID bannedBy) {}

  /**
   * @param next where the next page begins, null when there is none
   */
  public record IpBans(List<IpBan> bans, @Nullable Cursor next) {
    public IpBans {
      bans = List.copyOf(bans);
    }
  }

  /** The list is another one now: ask for it. */
  public record IpBansChanged() {}

  private static final Duration TRANSACTION_LIMIT = Duration.ofSeconds(10);

  public static final Endpoint<BanIp, IpBanned> BAN_IP =
      Endpoint.of("user.v1.ban-ip", BanIp.class, IpBanned.class).within(TRANSACTION_LIMIT);
  public static final Endpoint<LiftIpBan, IpBanLifted> LIFT_IP_BAN =
      Endpoint.of("user.v1.lift-ip-ban", LiftIpBan.class, IpBanLifted.class)
          .within(TRANSACTION_LIMIT);
  public static final Endpoint<ListIpBans, IpBans> LIST_IP_BANS =
      Endpoint.of("user.v1.list-ip-bans", ListIpBans.class, IpBans.class);

  public static final Topic<IpBansChanged> IP_BANS_CHANGED =
      new Topic<>("user.v1.ip-bans-changed", IpBansChanged.class);
}
