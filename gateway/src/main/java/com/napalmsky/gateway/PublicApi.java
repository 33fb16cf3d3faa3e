package com.napalmsky.gateway;

import com.napalmsky.gateway.http.AdminRefusals;
import com.napalmsky.gateway.http.Guard;
import com.napalmsky.gateway.http.HttpApi;
import com.napalmsky.gateway.http.Inbound;
import com.napalmsky.gateway.http.Operation;
import com.napalmsky.gateway.http.Origins;
import com.napalmsky.gateway.http.SecurityHeaders;
import com.napalmsky.gateway.http.account.AuthRoutes;
import com.napalmsky.gateway.http.account.ExportRoutes;
import com.napalmsky.gateway.http.account.PasswordRoutes;
import com.napalmsky.gateway.http.account.ProfileRoutes;
import com.napalmsky.gateway.http.account.SessionRoutes;
import com.napalmsky.gateway.http.admin.AdminDoor;
import com.napalmsky.gateway.http.admin.AnnouncementRoutes;
import com.napalmsky.gateway.http.admin.AuditRoutes;
import com.napalmsky.gateway.http.admin.CallRoutes;
import com.napalmsky.gateway.http.admin.InspectionRoutes;
import com.napalmsky.gateway.http.admin.LiveRoutes;
import com.napalmsky.gateway.http.admin.PeopleRoutes;
import com.napalmsky.gateway.http.code.AdminCodeRoutes;
import com.napalmsky.gateway.http.code.CodeRoutes;
import com.napalmsky.gateway.http.health.HealthRoutes;
import com.napalmsky.gateway.http.media.MediaRoutes;
import com.napalmsky.gateway.http.pages.DocsRoutes;
import com.napalmsky.gateway.http.payment.PaymentRoutes;
import com.napalmsky.gateway.http.referral.IntroductionRoutes;
import com.napalmsky.gateway.http.referral.LinkRoutes;
import com.napalmsky.gateway.http.report.BanRoutes;
import com.napalmsky.gateway.http.report.BlockRoutes;
import com.napalmsky.gateway.http.report.IpBanRoutes;
import com.napalmsky.gateway.http.report.ReportRoutes;
import com.napalmsky.gateway.http.report.ReviewRoutes;
import com.napalmsky.gateway.http.room.HistoryRoutes;
import com.napalmsky.gateway.http.room.ReunionRoutes;
import com.napalmsky.gateway.http.room.RoomRoutes;
import com.napalmsky.gateway.http.turn.TurnRoutes;
import com.napalmsky.gateway.limits.ClientAddress;
import com.napalmsky.gateway.limits.RateLimits;
import com.napalmsky.shared.bus.Bus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Which features the public port has, and how they are put together. */
final class PublicApi {

  /** 100 KB, as the old system had it. */
  private static final int MOST_BODY_BYTES = 100 * 1024;

  private PublicApi() {}

  /**
   * All routes.
   *
   * @param client for the listeners of user-service
   */
  static List<Operation<?>> operations(Bus bus, HttpClient client, GatewayShare share) {
    return Stream.of(
            new AuthRoutes(bus, share.sessions()).operations(),
            new SessionRoutes(bus, share.sessions()).operations(),
            new PasswordRoutes(bus, share.sessions()).operations(),
            new ProfileRoutes(bus, share.sessions()).operations(),
            new ExportRoutes(bus).operations(),
            new RoomRoutes(bus, share.views(), share.memory()).operations(),
            new HistoryRoutes(bus).operations(),
            new ReunionRoutes(bus).operations(),
            new PaymentRoutes(bus, share.sessions(), share.config().webhookMaxBytes()).operations(),
            new CodeRoutes(bus, share.sessions(), share.qrImages(), PublicApi::onWorker)
                .operations(),
            new AdminCodeRoutes(bus, share.timers()).operations(),
            new AdminDoor(bus, share.sessions(), share.timers()).operations(),
            new AuditRoutes(bus).operations(),
            new LinkRoutes(bus, share.timers()).operations(),
            new IntroductionRoutes(bus).operations(),
            new PeopleRoutes(bus).operations(),
            new InspectionRoutes(bus).operations(),
            new CallRoutes(bus).operations(),
            new AnnouncementRoutes(bus, share.timers()).operations(),
            new LiveRoutes(bus, share.timers(), share.tallies()).operations(),
            new TurnRoutes(bus, share.timers()).operations(),
            new MediaRoutes(bus, client, share.config().media(), share.uploads(), share.downloads())
                .operations(),
            new ReportRoutes(bus).operations(),
            new BlockRoutes(bus).operations(),
            new BanRoutes(bus, share.timers()).operations(),
            new ReviewRoutes(bus, share.timers()).operations(),
            new IpBanRoutes(bus, share.timers(), share.banned()).operations(),
            new DocsRoutes(Inbound::acceptEncoding, PublicApi::onWorker).operations(),
            new HealthRoutes(
                    bus,
                    share.timers(),
                    share.config().environment(),
                    share.sessions(),
                    share::socketLoad,
                    share.openApi())
                .operations())
        .<Operation<?>>flatMap(List::stream)
        .toList();
  }

  static Future<Buffer> onWorker(Callable<Buffer> work) {
    return Objects.requireNonNull(Vertx.currentContext(), "asked outside of a request")
        .executeBlocking(work);
  }

  /**
   * What stands around the routes.
   *
   * @param limits of the same event loop
   */
  static HttpApi around(Vertx vertx, Bus bus, GatewayShare share, RateLimits limits) {
    GatewayConfig config = share.config();
    return new HttpApi(
        vertx,
        share.timers(),
        new Guard(share.sessions(), limits, new AdminRefusals(bus, limits)),
        new Origins(config.allowedOrigins()),
        new ClientAddress(config.trustedProxyHops()),
        share.banned(),
        new SecurityHeaders(config.production()),
        new HttpApi.Rules(config.production(), MOST_BODY_BYTES, config.bodyLimit()));
  }
}
