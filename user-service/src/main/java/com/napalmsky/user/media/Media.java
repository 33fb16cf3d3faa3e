package com.napalmsky.user.media;

import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.introduction.Notifications;
import com.napalmsky.user.media.content.Content;
import com.napalmsky.user.media.store.LocalMediaStore;
import com.napalmsky.user.media.store.MediaName;
import com.napalmsky.user.media.store.MediaStore;
import com.napalmsky.user.media.store.S3MediaStore;
import com.napalmsky.user.media.store.S3Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;

/** What media needs in one process, opened and closed as a whole. Safe from any context. */
public final class Media {

  private static final long WORRYING_SECONDS = 120;
  private static final long MILLION = 1_000_000;

  private final MediaRules rules;
  private final Database database;
  private final Timers timers;
  private final Notifications introductions;
  private final MediaStore store;
  private final WorkerExecutor judges;
  private final WorkerExecutor carriers;
  private final Path spoolDirectory;

  private Media(
      MediaRules rules,
      Database database,
      Timers timers,
      Notifications introductions,
      MediaStore store,
      WorkerExecutor judges,
      WorkerExecutor carriers,
      Path spoolDirectory) {
    this.rules = rules;
    this.database = database;
    this.timers = timers;
    this.introductions = introductions;
    this.store = store;
    this.judges = judges;
    this.carriers = carriers;
    this.spoolDirectory = spoolDirectory;
  }

  /**
   * Opens the store and starts the workers.
   *
   * @param introductions are told when a profile may have become complete
   * @return fails with {@link InvalidSetting} when the directory cannot be used
   */
  public static Future<Media> open(
      Vertx vertx,
      Database database,
      Timers timers,
      Notifications introductions,
      MediaRules rules) {
    WorkerExecutor judges = workers(vertx, "user-media-judges", rules.workers());
    WorkerExecutor carriers = workers(vertx, "user-media-store", rules.storeWorkers());
    return carriers
        .executeBlocking(
            () -> {
              Path directory = Path.of(rules.directory());
              Path spool = directories(directory.resolve("spool"));
              MediaStore store = store(rules, directory, carriers);
              return new Media(
                  rules, database, timers, introductions, store, judges, carriers, spool);
            })
        .recover(
            cause ->
                Future.join(judges.close(), carriers.close())
                    .transform(closed -> Future.failedFuture(cause)));
  }

  private static WorkerExecutor workers(Vertx vertx, String name, int threads) {
    return vertx.createSharedWorkerExecutor(name, threads, WORRYING_SECONDS, TimeUnit.SECONDS);
  }

  private static MediaStore store(MediaRules rules, Path directory, WorkerExecutor carriers)
      throws IOException {
    S3Settings s3 = rules.s3();
    if (s3 == null) {
      return LocalMediaStore.in(directories(directory.resolve("files")), rules.base(), carriers);
    }
    S3MediaStore bucket = new S3MediaStore(s3, rules.base(), carriers);
    // Loads what signing needs now, and not on an event loop when the first one asks.
    MediaStore.Place ignored = bucket.find(MediaName.random(new SecureRandom(), "jpg"));
    return bucket;
  }

  private static Path directories(Path path) {
    try {
      return Files.createDirectories(path);
    } catch (IOException unusable) {
      throw new InvalidSetting(
          MediaRules.DIRECTORY, "cannot be used: " + path + ": " + unusable.getMessage());
    }
  }

  /** What one verticle works with. */
  record Wired(Uploads uploads, Purge purge) {}

  /** Called on the context that is to have it all. */
  Wired wire(Vertx vertx, Bus bus) {
    SecureRandom random = new SecureRandom();
    MediaFiles files = new MediaFiles(database, timers, introductions);
    Quotas quotas =
        new Quotas(database, rules.uploadsPerDay(), rules.megabytesPerDay() * (1L << 20));
    Spool spool = new Spool(vertx.fileSystem(), carriers, timers, spoolDirectory);
    Purge purge = new Purge(files, store, spool, timers, rules.purgePause());
    Tickets tickets = new Tickets(timers, rules.mostUploads(), random);
    Content content = new Content(rules.mostMegapixels() * MILLION, rules.longestVideo());
    Uploads uploads =
        new Uploads(
            new Uploads.Tools(
                files,
                quotas,
                tickets,
                spool,
                content,
                store,
                judges,
                purge,
                introductions,
                bus,
                timers),
            rules,
            random);
    return new Wired(uploads, purge);
  }

  /** A verticle that serves it; one for each process, since tickets are held in it. */
  public MediaVerticle verticle() {
    return new MediaVerticle(this);
  }

  MediaRules rules() {
    return rules;
  }

  MediaStore store() {
    return store;
  }

  /** Ends the workers and lets go of the store. */
  public Future<Void> close() {
    return Future.join(judges.close(), carriers.close())
        .<Void>mapEmpty()
        .eventually(
            () -> {
              store.close();
              return Future.succeededFuture();
            });
  }
}
