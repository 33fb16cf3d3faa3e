package com.napalmsky.standalone;

import com.napalmsky.shared.runtime.process.CannotStart;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The folder that keeps everything between runs, locked against a second program for as long as
 * this one runs. The lock goes with the process, however that ends.
 */
final class DataDirectory implements AutoCloseable {

  private final Path path;
  private final FileChannel lockFile;

  private DataDirectory(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /**
   * Creates the folder if need be and locks it.
   *
   * @throws CannotStart when it cannot be written or another program has it
   */
  static DataDirectory lock(Path path) {
    try {
      Path absolute = Files.createDirectories(path).toRealPath();
      FileChannel lockFile =
          FileChannel.open(
              absolute.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(lockFile) == null) {
        lockFile.close();
        throw new CannotStart(
            "DATA_DIR "
                + absolute
                + " is in use by another running Napalm Sky; stop that one or"
                + " set another DATA_DIR");
      }
      return new DataDirectory(absolute, lockFile);
    } catch (IOException unusable) {
      throw new CannotStart("DATA_DIR " + path + " cannot be used: " + unusable.getMessage());
    }
  }

  private static @Nullable FileLock tryLock(FileChannel lockFile) throws IOException {
    try {
      return lockFile.tryLock();
    } catch (OverlappingFileLockException inThisJvm) {
      return null;
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException alreadyGone) {
      // The lock ends with the process in any case.
    }
  }
}
