package com.napalmsky.gateway.http.pages;

import com.aayushatharva.brotli4j.encoder.Encoder;
import io.netty.handler.codec.compression.Brotli;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** A content coding of HTTP, in the order of our preference. */
enum Coding {
  BROTLI("br", ".br") {
    @Override
    byte[] encode(byte[] plain) throws IOException {
      return Encoder.compress(
          plain,
          new Encoder.Parameters()
              .setQuality(BROTLI_QUALITY)
              .setWindow(BROTLI_WINDOW_BITS)
              .setMode(Encoder.Mode.TEXT));
    }
  },
  GZIP("gzip", ".gz") {
    @Override
    byte[] encode(byte[] plain) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 2);
      try (GZIPOutputStream out = new BestGzip(bytes)) {
        out.write(plain);
      }
      return bytes.toByteArray();
    }
  },
  IDENTITY("identity", "") {
    @Override
    byte[] encode(byte[] plain) {
      return plain;
    }
  };

  // The two levels above cost twenty times the time for a tenth of the bytes.
  private static final int BROTLI_QUALITY = 9;
  private static final int BROTLI_WINDOW_BITS = 22;
  // Names of RFC 9110 for the same thing, and an end to what is read of a header.
  private static final String OLD_GZIP = "x-gzip";
  private static final int MOST_ITEMS = 32;

  private final String token;
  private final String extension;

  Coding(String token, String extension) {
    this.token = token;
    this.extension = extension;
  }

  /** What the name of an encoded file ends in. */
  String extension() {
    return extension;
  }

  /** As it stands in {@code Content-Encoding}. */
  String token() {
    return token;
  }

  /** Takes long: not for an event loop. */
  abstract byte[] encode(byte[] plain) throws IOException;

  /** What this process can encode; Brotli needs its native library. */
  static Set<Coding> available() {
    return Brotli.isAvailable() ? EnumSet.allOf(Coding.class) : EnumSet.of(GZIP, IDENTITY);
  }

  /**
   * What the client wants most of what is offered; identity when it wants none of it, since bytes
   * that it may not like serve it better than a 406.
   *
   * @param acceptEncoding the header; empty for none, which is identity
   * @param offered holds identity
   */
  static Coding pick(String acceptEncoding, Set<Coding> offered) {
    Map<Coding, Double> weights = new EnumMap<>(Coding.class);
    double others = 0;
    boolean othersNamed = false;
    for (String item : acceptEncoding.split(",", MOST_ITEMS)) {
      String[] parts = item.split(";", 2);
      String name = parts[0].trim().toLowerCase(Locale.ROOT);
      double weight = parts.length == 1 ? 1 : weight(parts[1]);
      if (name.equals("*")) {
        others = weight;
        othersNamed = true;
      }
      for (Coding coding : values()) {
        if (name.equals(coding.token) || (coding == GZIP && name.equals(OLD_GZIP))) {
          weights.put(coding, weight);
        }
      }
    }
    Coding best = IDENTITY;
    // Unless named, identity is good enough but nobody's wish.
    double most = weights.getOrDefault(IDENTITY, othersNamed ? others : 0.0);
    for (Coding coding : values()) {
      double weight = weights.getOrDefault(coding, others);
      boolean wanted = weight > 0 && (weight > most || (weight == most && best == IDENTITY));
      if (coding != IDENTITY && wanted && offered.contains(coding)) {
        best = coding;
        most = weight;
      }
    }
    return best;
  }

  /** The number of {@code q=0.5}; 0 for what is none, so that a garbled wish is no wish. */
  private static double weight(String parameter) {
    String text = parameter.trim().toLowerCase(Locale.ROOT);
    return text.matches("q\\s*=\\s*(0(\\.\\d{0,3})?|1(\\.0{0,3})?)")
        ? Double.parseDouble(text.substring(text.indexOf('=') + 1).trim())
        : 0;
  }

  private static final class BestGzip extends GZIPOutputStream {
    BestGzip(ByteArrayOutputStream bytes) throws IOException {
      super(bytes);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}
