package com.napalmsky.gateway.connection;

/** How crowded the process is. Safe from any context. */
public interface Crowd {

  /** Whether only the places are left that are kept for people who come back to a running call. */
  boolean full();

  /** In how many seconds somebody who was refused should try again. */
  int retryAfterSeconds();
}
