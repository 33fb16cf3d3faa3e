package com.napalmsky.user.media.store;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;

/**
 * Files in a directory. Several instances of user-service need it to be one and the same for all of
 * them.
 */
public final class LocalMediaStore implements MediaStore {

  private final Path directory;
  private final String base;
  private final WorkerExecutor workers;

  private LocalMediaStore(Path directory, String base, WorkerExecutor workers) {
    this.directory = directory;
    this.base = base;
    this.workers = workers;
  }

  /**
   * Blocks.
   *
   * @param directory created if need be
   * @param base of the addresses in profiles, without a slash at its end
   * @throws IOException when the directory cannot be used
   */
  public static LocalMediaStore in(Path directory, String base, WorkerExecutor workers)
      throws IOException {
    return new LocalMediaStore(Files.createDirectories(directory).toRealPath(), base, workers);
  }

  @Override
  public Future<Void> put(MediaName name, Path file) {
    return work(
        () -> {
          force(file, StandardOpenOption.WRITE);
          Files.move(file, path(name), StandardCopyOption.ATOMIC_MOVE);
          // The name is in the directory, which is a file of its own.
          force(directory, StandardOpenOption.READ);
          return null;
        });
  }

  @Override
  public Future<Void> delete(MediaName name) {
    return work(
        () -> {
          Files.deleteIfExists(path(name));
          return null;
        });
  }

  @Override
  public Place find(MediaName name) {
    return new Here(path(name));
  }

  @Override
  public String base() {
    return base;
  }

  @Override
  public void close() {
    // The workers are not ours.
  }

  private Path path(MediaName name) {
    return directory.resolve(name.text());
  }

  private Future<Void> work(Callable<Void> task) {
    return workers.executeBlocking(task, false);
  }

  private static void force(Path path, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }
}
