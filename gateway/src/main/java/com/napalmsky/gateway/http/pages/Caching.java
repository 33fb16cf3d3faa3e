package com.napalmsky.gateway.http.pages;

/** How long a file may be used without asking again. */
public enum Caching {
  /** Its path stays when its content changes: ask each time, and mostly hear 304. */
  ASK("no-cache"),
  /** A version stands in its path, so its content never changes. */
  FOREVER("public, max-age=31536000, immutable");

  private final String header;

  Caching(String header) {
    this.header = header;
  }

  String header() {
    return header;
  }
}
