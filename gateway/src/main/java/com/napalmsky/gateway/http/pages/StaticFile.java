package com.napalmsky.gateway.http.pages;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One file in all its codings. Safe from any thread; the buffers are read only. */
final class StaticFile {

  private static final int COMPRESSED_FROM_BYTES = 512;
  private static final int TAG_BYTES = 8;

  /** Whether it is written as text, and so can become shorter. */
  private record Type(String name, boolean text) {}

  // Fixed, so that no browser needs to guess and no platform has a say.
  private static final Map<String, Type> TYPES =
      Map.ofEntries(
          Map.entry("html", new Type("text/html; charset=utf-8", true)),
          Map.entry("css", new Type("text/css; charset=utf-8", true)),
          Map.entry("js", new Type("text/javascript; charset=utf-8", true)),
          Map.entry("json", new Type("application/json; charset=utf-8", true)),
          Map.entry("webmanifest", new Type("application/manifest+json", true)),
          Map.entry("yaml", new Type("application/yaml; charset=utf-8", true)),
          Map.entry("md", new Type("text/markdown; charset=utf-8", true)),
          Map.entry("txt", new Type("text/plain; charset=utf-8", true)),
          Map.entry("svg", new Type("image/svg+xml", false)),
          Map.entry("png", new Type("image/png", false)),
          Map.entry("ico", new Type("image/x-icon", false)),
          Map.entry("woff2", new Type("font/woff2", false)),
          Map.entry("mp3", new Type("audio/mpeg", false)));

  private final byte[] plain;
  private final Type type;
  private final Caching caching;
  private final String tag;
  private final Set<Coding> offered;
  private final Map<Coding, Buffer> forms = new ConcurrentHashMap<>();

  /**
   * @param name whose extension tells the type
   * @throws IllegalArgumentException when the extension is unknown
   */
  StaticFile(String name, byte[] plain, Caching caching) {
    this(
        name,
        plain,
        caching,
        type(name).text() && plain.length >= COMPRESSED_FROM_BYTES
            ? Coding.available()
            : EnumSet.of(Coding.IDENTITY));
  }

  /**
   * @param encoded what the build has made of it; no other form is offered
   */
  StaticFile(String name, byte[] plain, Map<Coding, byte[]> encoded, Caching caching) {
    this(name, plain, caching, offered(encoded.keySet()));
    encoded.forEach((coding, bytes) -> forms.put(coding, Buffer.buffer(bytes)));
  }

  private StaticFile(String name, byte[] plain, Caching caching, Set<Coding> offered) {
    this.type = type(name);
    this.plain = plain;
    this.caching = caching;
    this.tag = HexFormat.of().formatHex(Arrays.copyOf(sha256(plain), TAG_BYTES));
    this.offered = offered;
    forms.put(Coding.IDENTITY, Buffer.buffer(plain));
  }

  private static Set<Coding> offered(Set<Coding> encoded) {
    Set<Coding> all = EnumSet.of(Coding.IDENTITY);
    all.addAll(encoded);
    return all;
  }

  private static Type type(String name) {
    Type known = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (known == null) {
      throw new IllegalArgumentException("there is no content type for " + name);
    }
    return known;
  }

  String contentType() {
    return type.name();
  }

  boolean isPage() {
    return contentType().startsWith("text/html");
  }

  String cacheControl() {
    return caching.header();
  }

  /** Strong: two codings of one file are different bytes. */
  String tag(Coding coding) {
    return "\"" + tag + (coding == Coding.IDENTITY ? "" : "-" + coding.token()) + "\"";
  }

  Coding pick(String acceptEncoding) {
    return Coding.pick(acceptEncoding, offered);
  }

  /** Null while nobody has asked for it. */
  @Nullable Buffer ready(Coding coding) {
    return forms.get(coding);
  }

  /** Takes long the first time, and others who ask wait: not for an event loop. */
  Buffer form(Coding coding) {
    return forms.computeIfAbsent(coding, this::encode);
  }

  private Buffer encode(Coding coding) {
    try {
      return Buffer.buffer(coding.encode(plain));
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
