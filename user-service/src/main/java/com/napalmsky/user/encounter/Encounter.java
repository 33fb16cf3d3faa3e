package com.napalmsky.user.encounter;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What two people have had to do with each other.
 *
 * @param roomId of the call they share or shared, null when there is none
 */
public record Encounter(Kind kind, @Nullable UUID roomId) {

  /** How they met. */
  public enum Kind {
    /** A call of the two runs. */
    IN_CALL,
    /** A call of the two ended lately. */
    WERE_IN_CALL,
    NONE,
    /** The room that was named is no call of these two. */
    NOT_THIS_CALL
  }

  static final Encounter NO_CALL = new Encounter(Kind.NONE, null);
  static final Encounter ANOTHER_CALL = new Encounter(Kind.NOT_THIS_CALL, null);

  /** Whether they met. */
  public boolean met() {
    return kind == Kind.IN_CALL || kind == Kind.WERE_IN_CALL;
  }
}
