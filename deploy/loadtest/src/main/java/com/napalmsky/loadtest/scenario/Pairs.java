package com.napalmsky.loadtest.scenario;

import com.napalmsky.loadtest.people.Person;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is free for a call. Two people meet once, as a cooldown follows; who waited longest is next,
 * and who has called less does the calling, as invites are limited.
 *
 * <p>Confined to one loop.
 */
final class Pairs {

  record Pair(Person caller, Person callee) {}

  private static final int MOST_LOOKED_AT = 100;

  private final Set<Person> free;
  private final Set<Long> met = new HashSet<>();
  private final Map<Person, Integer> called = new HashMap<>();

  Pairs(List<Person> people) {
    free = new LinkedHashSet<>(people);
  }

  /** Two who are free and have not met; null when there are none. */
  @Nullable Pair next() {
    Iterator<Person> others = free.iterator();
    if (!others.hasNext()) {
      return null;
    }
    Person first = others.next();
    others.remove();
    for (int i = 0; i < MOST_LOOKED_AT && others.hasNext(); i++) {
      Person second = others.next();
      if (met.add(key(first, second))) {
        others.remove();
        boolean inOrder = called.getOrDefault(first, 0) <= called.getOrDefault(second, 0);
        Pair pair = inOrder ? new Pair(first, second) : new Pair(second, first);
        called.merge(pair.caller(), 1, Integer::sum);
        return pair;
      }
    }
    // He has met all who are free; others may not have met each other.
    free.add(first);
    return null;
  }

  /** Somebody is free again. */
  void release(Person person) {
    free.add(person);
  }

  /** Whether somebody is. */
  boolean isFree(Person person) {
    return free.contains(person);
  }

  /** Takes somebody out until he is released; whether he was free. */
  boolean take(Person person) {
    return free.remove(person);
  }

  private static long key(Person one, Person other) {
    long low = Math.min(one.number(), other.number());
    return low << 32 | Math.max(one.number(), other.number());
  }
}
