package com.napalmsky.gateway.fuzz;

import java.util.List;
import java.util.Random;

/** Chance that can be repeated: the same seed throws the same. */
final class Dice {

  private final Random random;

  Dice(long seed, long game) {
    random = new Random(seed * 0x9E3779B97F4A7C15L + game);
  }

  /** From 0 to below the bound. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Both ends included. */
  int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  long number() {
    return random.nextLong();
  }

  /** True so many times of a hundred. */
  boolean percent(int chance) {
    return random.nextInt(100) < chance;
  }

  @SafeVarargs
  final <T> T one(T... of) {
    return of[random.nextInt(of.length)];
  }

  <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
