package com.napalmsky.user.media;

import com.napalmsky.shared.runtime.BoundedPipe;
import com.napalmsky.shared.runtime.BoundedPipe.Limits;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.FileSystem;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Where bytes wait on disk until they are judged. A file of it belongs to one upload, which deletes
 * it; what a crash leaves is deleted by age.
 */
final class Spool {

  private static final String SUFFIX = ".part";
  private static final int QUEUE_BYTES = 16 << 10;

  private final FileSystem files;
  private final WorkerExecutor workers;
  private final Timers timers;
  private final Path directory;

  /**
   * @param directory exists
   */
  Spool(FileSystem files, WorkerExecutor workers, Timers timers, Path directory) {
    this.files = files;
    this.workers = workers;
    this.timers = timers;
    this.directory = directory;
  }

  /** A path that nobody uses. */
  Path fresh() {
    return directory.resolve(UUID.randomUUID() + SUFFIX);
  }

  /**
   * Writes a stream to a file, which is there afterwards also when this fails.
   *
   * @param from paused
   * @param begun gets the pipe before its first byte, to be able to stop it
   * @return how many bytes came; fails as {@link BoundedPipe#run} does
   */
  Future<Long> receive(
      ReadStream<Buffer> from, Path path, Limits limits, Consumer<BoundedPipe> begun) {
    OpenOptions fresh = new OpenOptions().setRead(false).setCreateNew(true).setPerms("rw-------");
    return files
        .open(path.toString(), fresh)
        .compose(
            file -> {
              file.setWriteQueueMaxSize(QUEUE_BYTES);
              BoundedPipe pipe = new BoundedPipe(timers, limits, from, file);
              begun.accept(pipe);
              return pipe.run().eventually(() -> close(file));
            });
  }

  private static Future<Void> close(AsyncFile file) {
    // Waits for what was given to it.
    return file.close();
  }

  /** Deletes a file; also when there is none. */
  Future<Void> delete(Path path) {
    return workers.executeBlocking(
        () -> {
          Files.deleteIfExists(path);
          return null;
        },
        false);
  }

  /** How many bytes the disk has left for us. */
  Future<Long> space() {
    return workers.executeBlocking(() -> Files.getFileStore(directory).getUsableSpace(), false);
  }

  /**
   * Deletes what was left behind.
   *
   * @param age of what no upload can be using any more
   * @return how many files
   */
  Future<Integer> deleteOlderThan(Duration age) {
    Instant before = timers.now().minus(age);
    return workers.executeBlocking(() -> deleteBefore(before), false);
  }

  private int deleteBefore(Instant before) throws IOException {
    int deleted = 0;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
      for (Path one : all) {
        if (isOlder(one, before) && Files.deleteIfExists(one)) {
          deleted++;
        }
      }
    }
    return deleted;
  }

  private static boolean isOlder(Path file, Instant than) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(than);
    } catch (NoSuchFileException ended) {
      // Its upload has deleted it since it was listed.
      return false;
    }
  }
}
