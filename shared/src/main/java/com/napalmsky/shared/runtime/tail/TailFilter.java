package com.napalmsky.shared.runtime.tail;

import com.napalmsky.shared.bus.Addresses;
import com.napalmsky.shared.bus.TrafficContract.Flow;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which addresses somebody wants to see.
 *
 * @param services whose addresses; any when empty
 * @param addresses which of them; any when empty
 */
record TailFilter(Set<String> services, Set<String> addresses) {

  private static final String SERVICE = "service";
  private static final String ADDRESS = "address";

  /** A filter that cannot be used, and what could have been written instead. */
  static final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient SortedSet<String> allowed;

    Refused(String message, SortedSet<String> allowed) {
      super(message, null, false, false);
      this.allowed = allowed;
    }

    SortedSet<String> allowed() {
      return allowed;
    }
  }

  TailFilter {
    services = Set.copyOf(services);
    addresses = Set.copyOf(addresses);
  }

  /** Reads {@code service} and {@code address}, each as often as one likes. */
  static TailFilter from(MultiMap parameters) throws Refused {
    for (String name : parameters.names()) {
      if (!name.equals(SERVICE) && !name.equals(ADDRESS)) {
        throw new Refused(
            "'" + name + "' is not a filter", new TreeSet<>(List.of(SERVICE, ADDRESS)));
      }
    }
    return new TailFilter(
        known(SERVICE, parameters.getAll(SERVICE), Addresses.owners()),
        known(ADDRESS, parameters.getAll(ADDRESS), Addresses.known()));
  }

  private static Set<String> known(String name, List<String> values, SortedSet<String> allowed)
      throws Refused {
    for (String value : values) {
      if (!allowed.contains(value)) {
        throw new Refused("no " + name + " '" + value + "'", allowed);
      }
    }
    return Set.copyOf(values);
  }

  boolean passes(Flow flow) {
    return (services.isEmpty() || services.contains(Addresses.owner(flow.address())))
        && (addresses.isEmpty() || addresses.stream().anyMatch(one -> isOf(flow.address(), one)));
  }

  /** What is served under a prefix of two parts is measured with the third. */
  private static boolean isOf(String address, String wanted) {
    return address.equals(wanted) || address.startsWith(wanted + ".");
  }
}
