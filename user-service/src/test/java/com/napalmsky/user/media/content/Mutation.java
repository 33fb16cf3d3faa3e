package com.napalmsky.user.media.content;

import java.util.Arrays;
import java.util.Random;

/** Damages a file as chance has it. */
final class Mutation {

  private static final byte[] EDGES = {0, 1, 0x7f, (byte) 0x80, (byte) 0xff, (byte) 0xfe};

  private Mutation() {}

  static byte[] of(byte[] whole, Random random) {
    byte[] bytes = whole.clone();
    int changes = 1 + random.nextInt(8);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes[at] = EDGES[random.nextInt(EDGES.length)];
        case 3 -> {
          // A size of all ones, or of all zeros.
          int end = Math.min(bytes.length, at + (random.nextBoolean() ? 4 : 8));
          Arrays.fill(bytes, at, end, random.nextBoolean() ? (byte) 0xff : 0);
        }
        case 4 -> {
          int length = random.nextInt(Math.min(64, bytes.length - at) + 1);
          int from = random.nextInt(bytes.length - length + 1);
          System.arraycopy(bytes, from, bytes, at, length);
        }
        default -> {
          if (random.nextInt(4) == 0) {
            bytes = Arrays.copyOf(bytes, Math.max(1, at));
          }
        }
      }
    }
    return bytes;
  }
}
