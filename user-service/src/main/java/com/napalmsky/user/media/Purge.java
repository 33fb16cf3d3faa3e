package com.napalmsky.user.media;

import com.napalmsky.shared.contract.media.MediaKind;
import com.napalmsky.shared.contract.user.UserContract.SessionEnd;
import com.napalmsky.shared.contract.user.UserContract.SessionsEnded;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.media.store.MediaName;
import com.napalmsky.user.media.store.MediaStore;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes files that nobody is to see: at the start, after each replacement and each deletion of an
 * account, and again and again for what failed. Several instances may do so at once; each step may
 * be done twice. Confined to one context.
 */
final class Purge {

  private static final Logger LOG = LoggerFactory.getLogger(Purge.class);
  private static final int PORTION = 100;
  private static final int PROFILES = 500;

  /** Far more than an upload may take, so nobody is still at it. */
  static final Duration UNFINISHED = Duration.ofHours(1);

  /** What is not done by then is done after the next start. */
  static final Duration LONGEST_STOP = Duration.ofSeconds(5);

  private final MediaFiles files;
  private final MediaStore store;
  private final Spool spool;
  private final Timers timers;
  private final Duration pause;

  private Timers.Cancellable next = () -> {};
  private Future<Void> underWay = Future.succeededFuture();
  private boolean addressesChecked;
  private boolean running;
  private boolean again;
  private boolean stopped;

  Purge(MediaFiles files, MediaStore store, Spool spool, Timers timers, Duration pause) {
    this.files = files;
    this.store = store;
    this.spool = spool;
    this.timers = timers;
    this.pause = pause;
  }

  /**
   * Ends it; may be called twice.
   *
   * @return succeeds when a purge that was under way has come to a halt, or will not come to one
   *     soon: a closed pool forgets what waited in it, and that never ends
   */
  Future<Void> stop() {
    stopped = true;
    next.cancel();
    Promise<Void> halted = Promise.promise();
    Timers.Cancellable limit = timers.after(LONGEST_STOP, halted::tryComplete);
    underWay.onComplete(
        done -> {
          limit.cancel();
          halted.tryComplete();
        });
    return halted.future();
  }

  /** Complete when no purge is under way. */
  Future<Void> underWay() {
    return underWay;
  }

  /** An account that was deleted leaves its files without an owner. */
  void onSessionsEnded(SessionsEnded event) {
    if (event.end() == SessionEnd.DELETED) {
      soon();
    }
  }

  /**
   * Purges now, or once more when the purge under way is done; and from then on again and again.
   */
  void soon() {
    if (stopped) {
      return;
    }
    if (running) {
      again = true;
      return;
    }
    running = true;
    next.cancel();
    underWay = run().transform(this::ended);
  }

  private Future<Void> ended(AsyncResult<Integer> run) {
    if (run.succeeded()) {
      LOG.debug("media purged files={}", run.result());
    } else {
      LOG.warn("media not purged, tried again later cause={}", run.cause().toString());
    }
    goOn();
    return Future.succeededFuture();
  }

  private void goOn() {
    running = false;
    if (stopped) {
      return;
    }
    if (again) {
      again = false;
      soon();
    } else {
      next = timers.after(pause, this::soon);
    }
  }

  /**
   * Purges once.
   *
   * @return how many files are out of the store
   */
  Future<Integer> run() {
    return addresses()
        .compose(right -> portion(""))
        .compose(deleted -> spool.deleteOlderThan(UNFINISHED).map(spooled -> deleted));
  }

  private Future<Integer> portion(String after) {
    return files
        .unwanted(timers.now().minus(UNFINISHED), after, PORTION)
        .compose(
            names ->
                deleted(names)
                    .compose(
                        gone ->
                            names.size() < PORTION || stopped
                                ? Future.succeededFuture(gone)
                                : portion(names.get(names.size() - 1).text())
                                    .map(more -> gone + more)));
  }

  private Future<Integer> deleted(List<MediaName> names) {
    if (names.isEmpty()) {
      return Future.succeededFuture(0);
    }
    List<MediaName> gone = new ArrayList<>();
    Future<Void> chain = Future.succeededFuture();
    for (MediaName name : names) {
      chain = chain.compose(before -> stopped ? Future.succeededFuture() : delete(name, gone));
    }
    return chain.compose(
        done ->
            gone.isEmpty()
                ? Future.succeededFuture(0)
                : files.forget(gone).map(forgotten -> gone.size()));
  }

  /** One that cannot be deleted must not keep the others. */
  private Future<Void> delete(MediaName name, List<MediaName> gone) {
    return store
        .delete(name)
        .map(
            deleted -> {
              gone.add(name);
              return deleted;
            })
        .recover(
            failed -> {
              LOG.warn("file not deleted cause={}", failed.toString());
              return Future.succeededFuture();
            });
  }

  /** Once for each start: the base of addresses is a setting. */
  private Future<Void> addresses() {
    if (addressesChecked) {
      return Future.succeededFuture();
    }
    return readdressed(MediaKind.SELFIE)
        .compose(selfies -> readdressed(MediaKind.VIDEO).map(videos -> selfies + videos))
        .map(
            changed -> {
              addressesChecked = true;
              if (changed > 0) {
                LOG.info("addresses of media follow the new base profiles={}", changed);
              }
              return (Void) null;
            });
  }

  private Future<Integer> readdressed(MediaKind kind) {
    return files
        .readdress(kind, store.base(), PROFILES)
        .compose(
            changed ->
                changed < PROFILES
                    ? Future.succeededFuture(changed)
                    : readdressed(kind).map(more -> changed + more));
  }
}
