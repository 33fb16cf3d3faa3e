package com.napalmsky.shared.runtime.redis;

/** How the Redis servers of the setting belong together. */
public enum RedisMode {
  /** One server. */
  SINGLE,
  /** The addresses are those of Sentinels, who know which server is the master now. */
  SENTINEL,
  /** The addresses are those of some nodes of a Redis Cluster. */
  CLUSTER
}
