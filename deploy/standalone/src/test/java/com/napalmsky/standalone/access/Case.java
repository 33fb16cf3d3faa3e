package com.napalmsky.standalone.access;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One cell of a table: who asks, and for whose thing. People are new in each, so that nothing one
 * cell does is seen in another.
 *
 * <p>First the thing is prepared, while its owner is in good standing; then {@link #begin} makes
 * the caller what the persona says.
 */
final class Case implements AutoCloseable {

  private final Guise guise;
  private final People people;
  private final Account owner;
  private final Account caller;
  private final @Nullable String token;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  Case(Guise guise, People people) {
    Persona persona = guise.persona();
    this.guise = guise;
    this.people = people;
    this.owner = people.account();
    this.caller = persona.owns() ? owner : people.account();
    this.token = persona == Persona.NO_TOKEN ? null : People.secret();
    if (persona.isAdmin()) {
      people.makeAdmin(caller);
    }
  }

  Persona persona() {
    return guise.persona();
  }

  People people() {
    return people;
  }

  /** Whose thing it is. */
  Account owner() {
    return owner;
  }

  /** Who asks. */
  Account caller() {
    return caller;
  }

  /** What the caller sends as his session; null for nothing. */
  @Nullable String token() {
    return token;
  }

  /** Closes it when the case is over. */
  <C extends AutoCloseable> C closing(C resource) {
    opened.push(resource);
    return resource;
  }

  /** From now on the caller is what the persona says. */
  void begin() {
    if (token != null && guise != Guise.TOKEN_FORGED) {
      people.session(caller, token, guise);
    }
    switch (guise) {
      case BANNED_BY_REPORTS -> people.ban(caller, "temporary");
      case BANNED_FOR_GOOD -> people.ban(caller, "permanent");
      case WITHOUT_ACCESS -> people.setAccess(caller, "unpaid");
      case OWNER_WHO_PAID -> people.setAccess(caller, "paid");
      default -> {
        // The account is as it was made.
      }
    }
  }

  @Override
  public void close() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }
}
