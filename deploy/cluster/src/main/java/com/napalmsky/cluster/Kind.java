package com.napalmsky.cluster;

import java.nio.file.Path;
import java.util.Locale;

/** The services, in the order in which they start. Stopping goes the other way round. */
public enum Kind {
  USER("user-service"),
  PRESENCE("presence-service"),
  MATCHMAKING("matchmaking-service"),
  SIGNALING("signaling-service"),
  GATEWAY("gateway");

  private final String module;

  Kind(String module) {
    this.module = module;
  }

  /** As operators call it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its program, once built. */
  Path jar(Path root) {
    return root.resolve(module).resolve("target").resolve(module + ".jar");
  }
}
