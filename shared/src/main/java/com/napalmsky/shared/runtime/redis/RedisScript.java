package com.napalmsky.shared.runtime.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A Lua script that Redis runs in one step.
 *
 * <p>Kept as a commented {@code .lua} file among the resources of the package that uses it. It
 * names no key itself: all keys are handed in, and share one hash tag (see {@link RedisKeys}).
 */
public final class RedisScript {

  private final String name;
  private final String source;
  private final String sha;

  private RedisScript(String name, String source) {
    this.name = name;
    this.source = source;
    this.sha = sha1(source);
  }

  /**
   * Reads a script.
   *
   * @param owner a class of the package whose resources hold the files
   * @param files such as {@code claim.lua}; with several, the first ones hold what scripts of the
   *     package share, as local functions, and the last one gives the script its name
   */
  public static RedisScript of(Class<?> owner, String... files) {
    StringBuilder source = new StringBuilder();
    for (String file : files) {
      source.append(read(owner, file)).append('\n');
    }
    return new RedisScript(files[files.length - 1], source.toString());
  }

  /** The file's name, for logs. */
  public String name() {
    return name;
  }

  Request load() {
    return Request.cmd(Command.SCRIPT).arg("LOAD").arg(source);
  }

  Request known(List<String> keys, List<String> args) {
    return call(Command.EVALSHA, sha, keys, args);
  }

  Request whole(List<String> keys, List<String> args) {
    return call(Command.EVAL, source, keys, args);
  }

  private static Request call(
      Command command, String script, List<String> keys, List<String> args) {
    Request request = Request.cmd(command).arg(script).arg(keys.size());
    keys.forEach(request::arg);
    args.forEach(request::arg);
    return request;
  }

  private static String read(Class<?> owner, String file) {
    try (InputStream resource = owner.getResourceAsStream(file)) {
      if (resource == null) {
        throw new IllegalArgumentException(owner.getPackageName() + " has no resource " + file);
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  // SHA-1 is what Redis names scripts by; nothing is kept secret or safe by it.
  private static String sha1(String source) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      return HexFormat.of().formatHex(digest.digest(source.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
