package com.napalmsky.standalone.access;

/** The ways to be a persona. Whatever the table says of one holds for each of them. */
enum Guise {
  WITHOUT_TOKEN(Persona.NO_TOKEN),
  SESSION_RAN_OUT(Persona.EXPIRED),
  /** A token that was never given to anybody. */
  TOKEN_FORGED(Persona.EXPIRED),
  SIGNED_OUT(Persona.EXPIRED),
  SIGNED_IN_ELSEWHERE(Persona.DISPLACED),
  BANNED_BY_REPORTS(Persona.BANNED),
  BANNED_FOR_GOOD(Persona.BANNED),
  WITHOUT_ACCESS(Persona.UNPAID),
  OWNER(Persona.MEMBER),
  OWNER_WHO_PAID(Persona.MEMBER),
  SOMEBODY_ELSE(Persona.STRANGER),
  ADMIN(Persona.ADMIN),
  ADMIN_THROUGH_THE_DOOR(Persona.DOOR);

  private final Persona persona;

  Guise(Persona persona) {
    this.persona = persona;
  }

  Persona persona() {
    return persona;
  }
}
