package com.napalmsky.shared.runtime.redis;

/**
 * Names the keys of one store.
 *
 * <p>Redis Cluster spreads keys by the part between braces, and a script may touch keys of one such
 * part only. There are two forms:
 *
 * <ul>
 *   <li>{@link #of(String)}, {@code {napalmsky:presence}:users}: all of the store stands on one
 *       server, so that one script can change any of it at once. The store then grows with that
 *       server and not with the number of servers; other stores may stand on others.
 *   <li>{@link #each(String, String)}, {@code {napalmsky:invites:42}:rate}: each thing stands
 *       somewhere of its own, and a script touches one thing. Such a store grows with the number of
 *       servers.
 * </ul>
 *
 * @param prefix of the installation
 * @param store such as {@code presence}
 */
public record RedisKeys(String prefix, String store) {

  /** A key that any script of the store may touch together with the store's others. */
  public String of(String name) {
    return "{" + prefix + ":" + store + "}:" + name;
  }

  /**
   * A key that a script may touch only together with others of the same thing.
   *
   * @param id of the thing; without braces
   */
  public String each(String id, String name) {
    return "{" + prefix + ":" + store + ":" + id + "}:" + name;
  }
}
