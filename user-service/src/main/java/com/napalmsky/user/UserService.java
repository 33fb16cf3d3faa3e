package com.napalmsky.user;

import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.contract.health.HealthContract.Ask;
import com.napalmsky.shared.contract.health.HealthContract.Health;
import com.napalmsky.shared.runtime.Running;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.shared.runtime.process.Management;
import com.napalmsky.user.admin.AdminRules.First;
import com.napalmsky.user.ban.BanAnnouncements;
import com.napalmsky.user.credential.Passwords;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.Migrations;
import com.napalmsky.user.mail.Mailer;
import com.napalmsky.user.media.Media;
import com.napalmsky.user.payment.StripeApi;
import com.napalmsky.user.reset.ResetMails;
import com.napalmsky.user.retention.AdvisoryLockElection;
import com.napalmsky.user.retention.Housekeeping;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Starts user-service; used by every program that contains it. */
public final class UserService {

  private UserService() {}

  /**
   * Brings the schema up to date, opens the pool and serves. Everything is closed with Vert.x.
   *
   * @return succeeds when every operation is served; fails with {@link
   *     com.napalmsky.user.database.DatabaseUnreachable} when PostgreSQL refuses, and then nothing
   *     is left open
   */
  public static Future<Running> deploy(Vertx vertx, UserConfig config) {
    return deploy(vertx, config, new Management());
  }

  /**
   * The same in a process that says whether it is ready.
   *
   * @param management gets what the service cannot do without
   */
  public static Future<Running> deploy(Vertx vertx, UserConfig config, Management management) {
    return Migrations.run(vertx, config.database())
        .compose(migrated -> serve(vertx, config, management));
  }

  private static Future<Running> serve(Vertx vertx, UserConfig config, Management management) {
    Timers timers = Timers.of(vertx);
    Database database = Database.open(vertx, config.database());
    Passwords passwords = Passwords.on(vertx, config.passwords());
    StripeApi stripe = StripeApi.on(vertx, config.payments());
    Mailer mailer = config.mail().mailer(vertx);
    UserFeatures features =
        UserFeatures.wire(database, passwords, stripe, mailer, new TypedBus(vertx), timers, config);
    UserMeters meters = new UserMeters();
    meters.register(management.meters(), features, database, passwords, stripe);
    Supplier<Future<Void>> close =
        () ->
            Future.join(passwords.close(), stripe.close(), mailer.close(), database.close())
                .mapEmpty();
    return database
        .verify()
        .compose(verified -> firstAdmin(features, config))
        .compose(
            ready ->
                Media.open(
                    vertx, database, timers, features.introductionNotifications(), config.media()))
        .compose(media -> deploy(vertx, config, features, meters, timers, media))
        .map(
            parts -> {
              management
                  .readiness()
                  .needs("database", () -> features.health().ask(new Ask()).map(Health::ready));
              return closing(parts, close);
            })
        .recover(cause -> close.get().transform(closed -> Future.failedFuture(cause)));
  }

  private static Future<Void> firstAdmin(UserFeatures features, UserConfig config) {
    First first = config.admins().first();
    return first == null ? Future.succeededFuture() : features.firstAdmin().ensure(first);
  }

  private static Future<Running> deploy(
      Vertx vertx,
      UserConfig config,
      UserFeatures features,
      UserMeters meters,
      Timers timers,
      Media media) {
    Housekeeping housekeeping =
        new Housekeeping(
            AdvisoryLockElection.on(vertx, config.database(), config.sweep().election()),
            features.sweep(),
            timers,
            config.sweep());
    List<String> deployed = new ArrayList<>();
    Running parts = () -> Running.verticles(vertx, deployed).stop().eventually(media::close);
    return vertx
        .deployVerticle(
            () -> new UserVerticle(features, meters, new TypedBus(vertx)),
            new DeploymentOptions().setInstances(config.instances()))
        .map(deployed::add)
        .compose(serving -> vertx.deployVerticle(media.verticle()))
        .map(deployed::add)
        .compose(
            receiving ->
                vertx.deployVerticle(
                    new Upkeep(
                        housekeeping,
                        features.moderation().announcements(),
                        features.resetMails())))
        .map(deployed::add)
        .map(complete -> parts)
        .recover(cause -> parts.stop().transform(stopped -> Future.failedFuture(cause)));
  }

  /** The verticles first: until they are gone they use the rest. */
  private static Running closing(Running verticles, Supplier<Future<Void>> close) {
    return () -> verticles.stop().eventually(close::get);
  }

  /** Gives what is done again and again a context of its own. */
  private static final class Upkeep extends VerticleBase {

    private final Housekeeping housekeeping;
    private final BanAnnouncements bans;
    private final ResetMails mails;

    Upkeep(Housekeeping housekeeping, BanAnnouncements bans, ResetMails mails) {
      this.housekeeping = housekeeping;
      this.bans = bans;
      this.mails = mails;
    }

    @Override
    public Future<?> start() {
      housekeeping.start();
      bans.start();
      mails.start();
      return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
      bans.stop();
      mails.stop();
      return housekeeping.stop();
    }
  }
}
