package com.napalmsky.matchmaking.pool;

import java.util.UUID;

/** 64-bit hashes that are the same in every process; fast, and no defence against anybody. */
public final class Mixing {

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private Mixing() {}

  /** A hash of both values; the order matters. */
  public static long mix(long hash, long value) {
    long mixed = hash * 0x9e3779b97f4a7c15L + value;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }

  /** A hash of an id. */
  public static long mix(long hash, UUID id) {
    return mix(mix(hash, id.getMostSignificantBits()), id.getLeastSignificantBits());
  }

  /** A hash of a text. */
  public static long of(CharSequence text) {
    long hash = FNV_OFFSET;
    for (int at = 0; at < text.length(); at++) {
      hash = (hash ^ text.charAt(at)) * FNV_PRIME;
    }
    return mix(hash, text.length());
  }
}
