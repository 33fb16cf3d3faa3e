package com.napalmsky.shared.bus;

import java.util.ServiceLoader;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Every address there is, found by {@link ServiceLoader}: contracts stand above the bus, and above
 * what runs a process.
 */
public interface Addresses {

  /** Those of operations and events; of one for each instance, what comes before its name. */
  SortedSet<String> all();

  /** The addresses that can be used on this bus. */
  static SortedSet<String> known() {
    return ServiceLoader.load(Addresses.class).stream()
        .flatMap(found -> found.get().all().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whose addresses those are. */
  static SortedSet<String> owners() {
    return known().stream().map(Addresses::owner).collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whose address it is: what it begins with. */
  static String owner(String address) {
    int end = address.indexOf('.');
    return end < 0 ? address : address.substring(0, end);
  }
}
