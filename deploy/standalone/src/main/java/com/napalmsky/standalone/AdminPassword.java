package com.napalmsky.standalone;

import com.napalmsky.shared.runtime.process.CannotStart;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/**
 * The password of the first admin when the settings name none: made once, kept in a file that its
 * owner alone may read.
 *
 * @param file where it is kept
 */
record AdminPassword(Path file, String text) {

  static final String USERNAME = "admin";

  private static final int BYTES = 18;

  /**
   * Reads it, or makes it.
   *
   * @throws CannotStart when the file cannot be used
   */
  static AdminPassword in(DataDirectory directory) {
    Path file = directory.path().resolve("admin-password");
    try {
      if (!Files.exists(file)) {
        write(file);
      }
      return new AdminPassword(file, Files.readString(file).strip());
    } catch (IOException unusable) {
      throw new CannotStart("the admin's password in " + file + " cannot be read or written");
    }
  }

  // Under another name first: a program that is killed in between leaves no half of a password.
  private static void write(Path file) throws IOException {
    Path unfinished = file.resolveSibling("admin-password.new");
    Files.deleteIfExists(unfinished);
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret) + "\n";
    try (SeekableByteChannel channel =
            Files.newByteChannel(
                unfinished,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rw-------")));
        var out = Channels.newOutputStream(channel)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public String toString() {
    return "AdminPassword[file=" + file + "]";
  }
}
