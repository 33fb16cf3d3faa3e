package com.napalmsky.user.media.store;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;

/** Keeps files under names. Safe from any context; futures complete on the caller's. */
public interface MediaStore {

  /**
   * Keeps a file.
   *
   * @param file may be moved away
   * @return succeeds when the file would survive a loss of power
   */
  Future<Void> put(MediaName name, Path file);

  /** Lets go of a file; succeeds also when there is none. */
  Future<Void> delete(MediaName name);

  /** Where a file can be had now, if it is there. */
  Place find(MediaName name);

  /** What the addresses in profiles begin with, without a slash at its end. */
  String base();

  /** What stands in a profile: good for as long as the file is there. */
  default String address(MediaName name) {
    return base() + "/" + name;
  }

  /** Where a file can be had. */
  sealed interface Place {}

  /** On this machine. */
  record Here(Path file) implements Place {}

  /**
   * By anybody, without us.
   *
   * @param life how long the address is good at least
   */
  record Elsewhere(String url, Duration life) implements Place {}

  /** Lets go of connections. */
  void close();
}
