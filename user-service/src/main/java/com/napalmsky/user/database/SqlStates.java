package com.napalmsky.user.database;

import org.jspecify.annotations.Nullable;

/** What PostgreSQL's five-letter states mean to us. */
public final class SqlStates {

  private SqlStates() {}

  /** Why a connection was not given; null for a state that says something else. */
  public static @Nullable String refusal(String state) {
    if (state.startsWith("08")) {
      return "no answer there";
    }
    if (state.startsWith("28")) {
      return "the user or the password was refused";
    }
    if (state.startsWith("53")) {
      return "it has no connection left";
    }
    return switch (state) {
      case "3D000" -> "there is no such database";
      case "57P01", "57P02", "57P03" -> "it is starting up or shutting down";
      default -> null;
    };
  }

  /** Whether the server could not do its work now, and may do it later. */
  static boolean unavailable(String state) {
    return switch (state) {
      // statement_timeout, lock_timeout, deadlock and serialization: nothing was done.
      case "57014", "55P03", "40P01", "40001", "25P03" -> true;
      default -> refusal(state) != null;
    };
  }

  /** Whether the connection was ended by the server and a new one may serve. */
  static boolean connectionLost(String state) {
    return state.startsWith("08") || state.startsWith("57P");
  }
}
