package com.napalmsky.user.media;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.bus.LocalBus;
import com.napalmsky.shared.contract.media.MediaContract.Listener;
import com.napalmsky.shared.contract.media.MediaContract.OpenUpload;
import com.napalmsky.shared.contract.media.MediaContract.UploadEnded;
import com.napalmsky.shared.contract.media.MediaContract.UploadOpened;
import com.napalmsky.shared.contract.media.MediaKind;
import com.napalmsky.shared.runtime.ManualTimers;
import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.user.UserStage;
import com.napalmsky.user.introduction.IntroductionRules;
import com.napalmsky.user.introduction.Notifications;
import com.napalmsky.user.media.Tickets.Ticket;
import com.napalmsky.user.media.content.Content;
import com.napalmsky.user.media.store.LocalMediaStore;
import com.napalmsky.user.media.store.MediaName;
import com.napalmsky.user.media.store.MediaStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Media on a real database and a real directory, with time that stands still. */
final class MediaStage implements AutoCloseable {

  static final Listener HERE = new Listener("127.0.0.1", 1);
  static final String BASE = "http://localhost:3001/uploads";

  final UserStage users;
  final ManualTimers timers;
  final LocalBus bus = new LocalBus();
  final Path folder;
  final Vertx vertx = Vertx.vertx();
  final Context context = vertx.getOrCreateContext();
  final Breakable store;
  final MediaFiles files;
  final Purge purge;
  private final Uploads uploads;

  /** A store that a test can break. */
  static final class Breakable implements MediaStore {

    private final MediaStore real;
    final Set<MediaName> undeletable = ConcurrentHashMap.newKeySet();
    volatile Function<MediaName, Future<Void>> beforePut = name -> Future.succeededFuture();
    volatile Supplier<Future<Void>> afterPut = Future::succeededFuture;
    volatile Function<MediaName, Future<Void>> beforeDelete = name -> Future.succeededFuture();

    Breakable(MediaStore real) {
      this.real = real;
    }

    @Override
    public Future<Void> put(MediaName name, Path file) {
      return beforePut
          .apply(name)
          .compose(ready -> real.put(name, file))
          .compose(put -> afterPut.get());
    }

    @Override
    public Future<Void> delete(MediaName name) {
      return undeletable.contains(name)
          ? Future.failedFuture(new IOException("the disk says no"))
          : beforeDelete.apply(name).compose(ready -> real.delete(name));
    }

    @Override
    public Place find(MediaName name) {
      return real.find(name);
    }

    @Override
    public String base() {
      return real.base();
    }

    @Override
    public void close() {
      real.close();
    }
  }

  MediaStage(UserStage users, Path folder, String... settings) {
    this.users = users;
    this.timers = users.timers;
    this.folder = folder;
    MediaRules rules = rules(settings);
    WorkerExecutor workers = vertx.createSharedWorkerExecutor("media", 4);
    try {
      Files.createDirectories(folder.resolve("spool"));
      store = new Breakable(LocalMediaStore.in(folder.resolve("files"), BASE, workers));
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
    Notifications introductions =
        new Notifications(
            users.database(), bus, timers, IntroductionRules.from(new Settings(Map.of())));
    files = new MediaFiles(users.database(), timers, introductions);
    Quotas quotas =
        new Quotas(users.database(), rules.uploadsPerDay(), rules.megabytesPerDay() * (1L << 20));
    Spool spool = new Spool(vertx.fileSystem(), workers, timers, folder.resolve("spool"));
    purge = new Purge(files, store, spool, timers, rules.purgePause());
    SecureRandom random = new SecureRandom();
    uploads =
        new Uploads(
            new Uploads.Tools(
                files,
                quotas,
                new Tickets(timers, rules.mostUploads(), random),
                spool,
                new Content(rules.mostMegapixels() * 1_000_000L, rules.longestVideo()),
                store,
                workers,
                purge,
                introductions,
                bus,
                timers),
            rules,
            random);
  }

  private static MediaRules rules(String... settings) {
    Map<String, String> environment = new HashMap<>();
    environment.put("USER_MEDIA_RESERVE_MEGABYTES", "0");
    for (int i = 0; i < settings.length; i += 2) {
      environment.put(settings[i], settings[i + 1]);
    }
    return MediaRules.from(new Settings(environment));
  }

  /** Runs something where it belongs, and waits for it. */
  @CanIgnoreReturnValue
  <T> T on(Supplier<Future<T>> work) {
    return UserStage.await(started(work));
  }

  /** Runs something where it belongs. */
  <T> Future<T> started(Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    context.runOnContext(now -> work.get().onComplete(done));
    return done.future();
  }

  @CanIgnoreReturnValue
  UploadOpened open(UUID userId, MediaKind kind, long declared) {
    return on(() -> uploads.open(new OpenUpload(userId, kind, declared), HERE));
  }

  /** Whether a ticket can be used, which uses it. */
  boolean use(String ticket) {
    return on(() -> Future.succeededFuture(uploads.use(ticket).isPresent()));
  }

  /** An upload from its ticket to its end. */
  @CanIgnoreReturnValue
  UploadEnded upload(UUID userId, MediaKind kind, byte[] content) {
    return UserStage.await(
        begin(userId, kind, new Bytes(context, content, content.length, Bytes.End.WHOLE)));
  }

  /** An upload that goes on while the test does. */
  Future<UploadEnded> begin(UUID userId, MediaKind kind, Bytes bytes) {
    String text = open(userId, kind, 1000).ticket();
    return started(
        () -> {
          Ticket ticket = uploads.use(text).orElseThrow();
          return uploads.receive(ticket, bytes);
        });
  }

  /** Waits for the purge that an upload set off. */
  void settled() {
    until(
        "no purge is under way",
        () -> on(() -> Future.succeededFuture(purge.underWay().isComplete())));
  }

  /** Purges once, beside no other. */
  @CanIgnoreReturnValue
  int purged() {
    settled();
    return on(purge::run);
  }

  int underWay() {
    return on(() -> Future.succeededFuture(uploads.underWay()));
  }

  Set<String> stored() {
    return list("files");
  }

  Set<String> spooled() {
    return list("spool");
  }

  private Set<String> list(String name) {
    try (Stream<Path> all = Files.list(folder.resolve(name))) {
      return all.map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** What rows say of files, {@code <kind> <state>}, in no order. */
  List<String> rows() {
    return users
        .sql("SELECT kind || ' ' || state AS row FROM media_files ORDER BY kind, state")
        .stream()
        .map(row -> row.getString("row"))
        .toList();
  }

  String profile(UUID userId, String column) {
    return users
        .sql("SELECT " + column + " FROM users WHERE user_id = $1", userId)
        .get(0)
        .getString(0);
  }

  static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within 20 s: " + what);
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    on(purge::stop);
    UserStage.await(vertx.close());
  }
}
