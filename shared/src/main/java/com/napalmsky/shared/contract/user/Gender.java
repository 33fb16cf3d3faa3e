package com.napalmsky.shared.contract.user;

import java.util.Locale;
import java.util.Optional;

/** As a person describes himself. */
public enum Gender {
  FEMALE,
  MALE,
  NONBINARY,
  UNSPECIFIED;

  /** The word on the wire and in the database. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The gender of a wire word; empty when there is none such. */
  public static Optional<Gender> ofWire(String word) {
    for (Gender gender : values()) {
      if (gender.wire().equals(word)) {
        return Optional.of(gender);
      }
    }
    return Optional.empty();
  }
}
