package com.napalmsky.shared.contract.user;

import java.util.Objects;
import java.util.UUID;

/**
 * An admin who does something that is written down with it.
 *
 * @param ip the true client address he asked from
 */
public record Actor(UUID userId, String ip) {
  public Actor {
    Objects.requireNonNull(userId);
    Objects.requireNonNull(ip);
  }
}
