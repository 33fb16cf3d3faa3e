package com.napalmsky.gateway.http;

/** Whom an operation is for. */
public enum Access {
  /** Anybody. */
  OPEN,
  /** Whoever holds an active session, banned or not. */
  BANNED_TOO,
  /** Whoever holds an active session and is not banned. */
  SESSION,
  /** The same, with paid access: {@code $} in the wire contract. */
  PAID,
  /** Whoever holds an active session of an admin: one of the admin's door, or a user's own. */
  ADMIN
}
