package com.napalmsky.shared.contract.user;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A user as others see him. */
public record Person(
    UUID userId,
    String name,
    Gender gender,
    @Nullable String selfieUrl,
    @Nullable String videoUrl) {
  public Person {
    Objects.requireNonNull(userId);
    Objects.requireNonNull(name);
    Objects.requireNonNull(gender);
  }
}
