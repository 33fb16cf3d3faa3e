package com.napalmsky.user.media;

import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.bus.ServiceFailure.Code;
import com.napalmsky.shared.contract.media.MediaContract.Listener;
import com.napalmsky.shared.contract.media.MediaContract.OpenOutcome;
import com.napalmsky.shared.contract.media.MediaContract.OpenUpload;
import com.napalmsky.shared.contract.media.MediaContract.UploadEnded;
import com.napalmsky.shared.contract.media.MediaContract.UploadOpened;
import com.napalmsky.shared.contract.media.MediaContract.UploadOutcome;
import com.napalmsky.shared.contract.media.MediaKind;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.runtime.BoundedPipe;
import com.napalmsky.shared.runtime.BoundedPipe.LimitReached;
import com.napalmsky.shared.runtime.BoundedPipe.Limits;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.introduction.Notifications;
import com.napalmsky.user.media.MediaFiles.Shown;
import com.napalmsky.user.media.Tickets.Ticket;
import com.napalmsky.user.media.content.Content;
import com.napalmsky.user.media.content.Unfit;
import com.napalmsky.user.media.store.MediaName;
import com.napalmsky.user.media.store.MediaStore;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes files from the first question to the profile. Confined to one context. */
final class Uploads {

  private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
  private static final Duration WHOLE = Duration.ofMinutes(15);
  private static final long MEGABYTE = 1L << 20;

  /** A newer upload has taken the place of this one. */
  private static final class Displaced extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Displaced() {
      super("displaced", null, false, false);
    }
  }

  /**
   * What it works with.
   *
   * @param judges run what takes a processor
   */
  record Tools(
      MediaFiles files,
      Quotas quotas,
      Tickets tickets,
      Spool spool,
      Content content,
      MediaStore store,
      WorkerExecutor judges,
      Purge purge,
      Notifications introductions,
      Bus bus,
      Timers timers) {}

  private final Tools tools;
  private final Duration stall;
  private final long reserveBytes;
  private final SecureRandom random;

  Uploads(Tools tools, MediaRules rules, SecureRandom random) {
    this.tools = tools;
    this.stall = rules.stall();
    this.reserveBytes = rules.reserveMegabytes() * MEGABYTE;
    this.random = random;
  }

  /**
   * Gives out a ticket.
   *
   * @param here where it can be used
   * @return fails with {@link Code#OVERLOADED} when too many uploads are under way or the disk is
   *     nearly full
   */
  Future<UploadOpened> open(OpenUpload request, Listener here) {
    long most = request.kind().mostBytes();
    if (request.declaredBytes() > most) {
      return Future.succeededFuture(refused(OpenOutcome.TOO_LARGE, 0));
    }
    if (!tools.tickets().hasRoom()) {
      return Future.failedFuture(overloaded("too many uploads are under way"));
    }
    long expected = request.declaredBytes() < 0 ? most : request.declaredBytes();
    LocalDate day = LocalDate.ofInstant(tools.timers().now(), ZoneOffset.UTC);
    return tools
        .spool()
        .space()
        .compose(
            space ->
                space < reserveBytes + expected
                    ? Future.failedFuture(overloaded("the disk is nearly full"))
                    : tools.quotas().reserve(request.userId(), day, expected))
        .compose(reserved -> opened(request, here, expected, day, reserved));
  }

  private Future<UploadOpened> opened(
      OpenUpload request, Listener here, long expected, LocalDate day, Quotas.Reserved reserved) {
    return switch (reserved) {
      case USER_GONE -> Future.succeededFuture(refused(OpenOutcome.USER_GONE, 0));
      case USED_UP ->
          Future.succeededFuture(refused(OpenOutcome.QUOTA_USED_UP, secondsToMidnight(day)));
      case YES ->
          tools
              .tickets()
              .issue(request.userId(), request.kind(), expected, day)
              .map(ticket -> new UploadOpened(OpenOutcome.OPENED, ticket.text(), here, 0))
              .map(Future::succeededFuture)
              // Others were faster while we asked the database.
              .orElseGet(() -> Future.failedFuture(overloaded("too many uploads are under way")));
    };
  }

  private static UploadOpened refused(OpenOutcome outcome, long retrySeconds) {
    return new UploadOpened(outcome, null, null, retrySeconds);
  }

  private long secondsToMidnight(LocalDate day) {
    return Math.max(
        1,
        Duration.between(
                tools.timers().now(), day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant())
            .toSeconds());
  }

  private static ServiceFailure overloaded(String why) {
    return new ServiceFailure(Code.OVERLOADED, why);
  }

  /** Begins the upload of a ticket; empty when there is no such ticket, or not any more. */
  Optional<Ticket> use(String ticket) {
    return tools.tickets().use(ticket);
  }

  /**
   * Takes the bytes of a file and carries it into the profile.
   *
   * @param from paused; its end is the end of the file, its failure the end of the upload
   */
  Future<UploadEnded> receive(Ticket ticket, ReadStream<Buffer> from) {
    Path sent = tools.spool().fresh();
    Path shown = tools.spool().fresh();
    Limits limits = new Limits(ticket.kind().mostBytes(), stall, WHOLE);
    return tools
        .spool()
        .receive(from, sent, limits, pipe -> displaceable(ticket, pipe))
        .compose(bytes -> settled(ticket, bytes))
        .compose(settled -> prepared(ticket, sent, shown))
        .compose(extension -> kept(ticket, extension, shown))
        .recover(Uploads::ended)
        .eventually(() -> cleaned(ticket, sent, shown));
  }

  private static void displaceable(Ticket ticket, BoundedPipe pipe) {
    ticket.receiving(() -> pipe.stop(new Displaced()));
  }

  /** Only what came whole: who breaks off again and again pays for what he announced. */
  private Future<Void> settled(Ticket ticket, long bytes) {
    ticket.received();
    return bytes >= ticket.reservedBytes()
        ? Future.succeededFuture()
        : tools.quotas().settle(ticket.userId(), ticket.day(), ticket.reservedBytes() - bytes);
  }

  private Future<String> prepared(Ticket ticket, Path sent, Path shown) {
    return tools
        .judges()
        .executeBlocking(() -> tools.content().prepare(ticket.kind(), sent, shown), false);
  }

  private Future<UploadEnded> kept(Ticket ticket, String extension, Path shown) {
    MediaName name = MediaName.random(random, extension);
    MediaKind kind = ticket.kind();
    return tools
        .judges()
        .executeBlocking(() -> Files.size(shown), false)
        .compose(bytes -> tools.files().begin(name, ticket.userId(), kind, bytes))
        .compose(
            begun ->
                begun
                    ? tools
                        .store()
                        .put(name, shown)
                        .compose(
                            stored ->
                                tools
                                    .files()
                                    .show(name, ticket.userId(), kind, tools.store().address(name)))
                        .map(done -> done.map(one -> announced(name, one)).orElse(userGone()))
                    : Future.succeededFuture(userGone()));
  }

  private UploadEnded announced(MediaName name, Shown shown) {
    tools.bus().publish(UserContract.ACCOUNT_CHANGED, shown.account());
    tools.introductions().announce(shown.introductions());
    tools.purge().soon();
    return new UploadEnded(UploadOutcome.STORED, tools.store().address(name), null);
  }

  private static UploadEnded userGone() {
    return new UploadEnded(UploadOutcome.USER_GONE, null, "belongs to an account that is gone");
  }

  private static Future<UploadEnded> ended(Throwable cause) {
    if (cause instanceof Unfit unfit) {
      return Future.succeededFuture(new UploadEnded(unfit.outcome(), null, unfit.problem()));
    }
    if (cause instanceof Displaced) {
      return Future.succeededFuture(
          new UploadEnded(
              UploadOutcome.DISPLACED, null, "was sent again while it was still being sent"));
    }
    if (cause instanceof LimitReached reached && reached.limit() == BoundedPipe.Limit.TOO_LARGE) {
      return Future.succeededFuture(new UploadEnded(UploadOutcome.TOO_LARGE, null, "is too large"));
    }
    return Future.failedFuture(cause);
  }

  private Future<Void> cleaned(Ticket ticket, Path sent, Path shown) {
    tools.tickets().close(ticket);
    return tools
        .spool()
        .delete(sent)
        .compose(deleted -> tools.spool().delete(shown))
        .onFailure(
            // Deleted by age then.
            failed -> LOG.warn("spooled file not deleted cause={}", failed.toString()));
  }

  int underWay() {
    return tools.tickets().size();
  }
}
