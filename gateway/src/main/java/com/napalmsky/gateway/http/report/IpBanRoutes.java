package com.napalmsky.gateway.http.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.napalmsky.gateway.http.Access;
import com.napalmsky.gateway.http.Answer;
import com.napalmsky.gateway.http.Caller;
import com.napalmsky.gateway.http.Cursors;
import com.napalmsky.gateway.http.Fields;
import com.napalmsky.gateway.http.Inbound;
import com.napalmsky.gateway.http.Operation;
import com.napalmsky.gateway.http.Refusal;
import com.napalmsky.gateway.ipban.BannedAddresses;
import com.napalmsky.gateway.ipban.IpNetwork;
import com.napalmsky.gateway.limits.Limit;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.user.IpBanContract;
import com.napalmsky.shared.contract.user.IpBanContract.BanIp;
import com.napalmsky.shared.contract.user.IpBanContract.IpBan;
import com.napalmsky.shared.contract.user.IpBanContract.IpBans;
import com.napalmsky.shared.contract.user.IpBanContract.LiftIpBan;
import com.napalmsky.shared.contract.user.IpBanContract.ListIpBans;
import com.napalmsky.shared.contract.user.ReportContract;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Bans of addresses, for admins. */
public final class IpBanRoutes {

  private static final int LONGEST_NETWORK = 50;
  private static final int WIDEST_V4 = 8;
  private static final int WIDEST_V6 = 16;

  private final Bus bus;
  private final Timers timers;
  private final BannedAddresses banned;

  public IpBanRoutes(Bus bus, Timers timers, BannedAddresses banned) {
    this.bus = bus;
    this.timers = timers;
    this.banned = banned;
  }

  /** All of them. */
  public List<Operation<?>> operations() {
    return List.of(
        Operation.get("/report/ip-bans", Access.ADMIN, Limit.API)
            .reading(IpBanRoutes::page)
            .answeredBy(this::list),
        Operation.post("/report/ip-bans", Access.ADMIN, Limit.API)
            .reading(this::form)
            .answeredBy(this::ban),
        Operation.delete("/report/ip-bans/{banId}", Access.ADMIN, Limit.API)
            .reading(inbound -> inbound.path().id("banId"))
            .answeredBy(this::lift),
        Operation.get("/report/check-ip/{ip}", Access.ADMIN, Limit.API)
            .reading(inbound -> network(inbound.path()))
            .answeredBy(this::check));
  }

  private static ListIpBans page(Inbound inbound) {
    return new ListIpBans(
        Cursors.before(inbound.query()),
        inbound.query().count("limit", ReportJson.USUAL_PAGE, ReportJson.LONGEST_PAGE),
        inbound.query().optionalId("bannedBy"));
  }

  private Future<Answer> list(Caller caller, ListIpBans page) {
    return bus.request(IpBanContract.LIST_IP_BANS, page)
        .map(listed -> Answer.ok(out -> write(out, listed)));
  }

  private static void write(JsonGenerator out, IpBans listed) throws IOException {
    out.writeArrayFieldStart("ipBans");
    for (IpBan ban : listed.bans()) {
      out.writeStartObject();
      ReportJson.ipBan(out, ban);
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeNumberField("count", listed.bans().size());
    Cursors.next(out, listed.next());
  }

  private record Form(IpNetwork network, String reason, @Nullable Instant until) {}

  private Form form(Inbound inbound) {
    Fields body = inbound.body();
    IpNetwork network = network(body);
    if (network.length() < (network.v4() ? WIDEST_V4 : WIDEST_V6)) {
      throw Refusal.field(
          "ip", "must not be wider than /" + WIDEST_V4 + " (IPv4) or /" + WIDEST_V6 + " (IPv6)");
    }
    // Nobody could take it back.
    IpNetwork own = IpNetwork.parse(inbound.ip());
    if (own != null && network.contains(own)) {
      throw Refusal.field("ip", "is where you come from yourself");
    }
    String reason = body.text("reason", ReportContract.LONGEST_REASON).strip();
    Long millis = body.optionalMillis("until");
    Instant until = millis == null ? null : Instant.ofEpochMilli(millis);
    if (until != null && !until.isAfter(timers.now())) {
      throw Refusal.field("until", "must be in the future");
    }
    return new Form(network, reason, until);
  }

  private static IpNetwork network(Fields fields) {
    IpNetwork network = IpNetwork.parse(fields.text("ip", LONGEST_NETWORK).strip());
    if (network == null) {
      throw Refusal.field("ip", "must be an address, or a network like 192.0.2.0/24");
    }
    return network;
  }

  private Future<Answer> ban(Caller caller, Form form) {
    return bus.request(
            IpBanContract.BAN_IP,
            new BanIp(form.network().toString(), form.reason(), form.until(), caller.actor()))
        .map(
            made -> {
              IpBan ban = made.ban();
              return ban == null
                  ? Answer.error(409, "As many addresses are banned as may be; lift some first")
                  : Answer.ok(out -> ReportJson.ipBan(out, ban));
            });
  }

  private Future<Answer> lift(Caller caller, UUID banId) {
    return bus.request(IpBanContract.LIFT_IP_BAN, new LiftIpBan(banId, caller.actor()))
        .map(
            lifted ->
                lifted.found()
                    ? Answer.ok(out -> out.writeBooleanField("success", true))
                    : Answer.error(404, "There is no such ban"));
  }

  /** Answered from what this gateway itself goes by. */
  private Future<Answer> check(Caller caller, IpNetwork network) {
    IpBan ban = banned.of(network);
    return Future.succeededFuture(
        Answer.ok(
            out -> {
              out.writeBooleanField("isBanned", ban != null);
              if (ban == null) {
                out.writeNullField("ipBan");
              } else {
                out.writeObjectFieldStart("ipBan");
                ReportJson.ipBan(out, ban);
                out.writeEndObject();
              }
            }));
  }
}
