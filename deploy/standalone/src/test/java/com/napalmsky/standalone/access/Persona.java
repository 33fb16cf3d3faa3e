package com.napalmsky.standalone.access;

import java.util.Arrays;
import java.util.List;

/** Who asks: the columns of the tables, in their order. */
enum Persona {
  /** The owner of the thing, who sends no token. */
  NO_TOKEN("no token"),
  /** The owner, whose session has run out. */
  EXPIRED("expired"),
  /** The owner, whose session was ended by a newer log-in. */
  DISPLACED("displaced"),
  /** The owner, whose session is good, but who is banned. */
  BANNED("banned"),
  /** The owner, without paid access. */
  UNPAID("unpaid"),
  /** The owner. */
  MEMBER("member"),
  /** Somebody else with paid access. */
  STRANGER("stranger"),
  /** An admin with paid access and a session as everybody has it, whose thing it is not. */
  ADMIN("admin"),
  /** The same with a session of the admins' door. */
  DOOR("door");

  private final String column;

  Persona(String column) {
    this.column = column;
  }

  String column() {
    return column;
  }

  /** Whether the thing in question is this persona's own. */
  boolean owns() {
    return this != STRANGER && !isAdmin();
  }

  /** The ways to be this persona, all of which come to the same. */
  List<Guise> guises() {
    return Arrays.stream(Guise.values()).filter(guise -> guise.persona() == this).toList();
  }

  boolean isAdmin() {
    return this == ADMIN || this == DOOR;
  }

  static Persona ofColumn(String column) {
    return Arrays.stream(values())
        .filter(persona -> persona.column.equals(column))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no persona is called '" + column + "'"));
  }
}
