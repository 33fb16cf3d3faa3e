package com.napalmsky.gateway.connection;

/**
 * What clients are told. The old client looks for {@code suspended} or {@code banned} in the
 * sentences of bans.
 */
final class Sentences {

  static final String FULL = "The server is full";
  static final String SUSPENDED = "Account suspended";
  static final String ADDRESS_BANNED = "Your address is banned";
  static final String NOT_AUTHENTICATED = "Not authenticated";
  static final String INVALID_SESSION = "Invalid or expired session";
  static final String OTHER_USER = "This connection belongs to another account";
  static final String SESSION_OVER = "Your session has ended; only the running call goes on";
  static final String LOGGED_IN_ELSEWHERE = "You were logged out because you logged in elsewhere";
  static final String UNAVAILABLE = "This is not possible just now, please try again";
  static final String PAYMENT_REQUIRED = "This needs paid access";
  static final String TOO_MANY_EVENTS = "Too many events, please slow down";
  static final String UNKNOWN_EVENT = "Unknown event";
  static final String NOT_UNDERSTOOD = "This event was not understood";
  static final String UNKNOWN_INVITE = "This invite is no longer open";
  static final String INVALID_DURATION = "requestedSeconds must be a whole number from 60 to 1800";
  static final String NOT_FREE = "One of you is no longer free";
  static final String UNKNOWN_CALL = "This call does not exist";
  static final String NOT_A_MEMBER = "You are not in this call";
  static final String CALL_NOT_ACTIVE = "The call is not active";
  static final String CALL_LIMIT = "Too much was sent in this call";

  private Sentences() {}
}
