package com.napalmsky.loadtest.measure;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What went wrong, counted by kind. Safe from any thread. */
public final class Failures {

  private static final int MOST_KINDS = 60;

  private final Map<String, LongAdder> kinds = new ConcurrentHashMap<>();

  /** One more. */
  public void add(String kind) {
    String known = kinds.size() < MOST_KINDS || kinds.containsKey(kind) ? kind : "other";
    kinds.computeIfAbsent(known, unknown -> new LongAdder()).increment();
  }

  /** One more, while doing something. */
  public void add(String doing, Throwable cause) {
    add(doing + ": " + cause.getMessage());
  }

  /** What went wrong most often; empty when nothing did. */
  public String worst() {
    return counts().entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse("");
  }

  /** All together. */
  public long total() {
    return kinds.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** By kind. */
  public Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    kinds.forEach((kind, count) -> counts.put(kind, count.sum()));
    return counts;
  }
}
