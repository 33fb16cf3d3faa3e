package com.napalmsky.importold.step;

import com.napalmsky.importold.old.OldQuery;
import com.napalmsky.importold.old.OldRow;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * One kind of thing that is brought over. Stateless: what it decides depends on the row and on the
 * batch only, so that a step which is ended and gone on with ends up the same.
 */
public interface Step {

  /** What it brings, in the plural; also what the progress is kept under. */
  String name();

  /** What is read. */
  OldQuery query();

  /**
   * What is written for each set of values that {@link #map} gives, as one statement with a
   * question mark for each value. It must change no row when what it would write is there already.
   */
  String sql();

  /** Why a constraint of the schema may refuse a row, by its name, as a reason to skip it. */
  default Map<String, String> refusals() {
    return Map.of();
  }

  /** The users that a row speaks of; the batch then knows which of them are in our database. */
  default Set<UUID> people(OldRow row) {
    return Set.of();
  }

  /** The e-mail address, in lower case, that a row claims; the batch then knows who has it here. */
  default Optional<String> address(OldRow row) {
    return Optional.empty();
  }

  /** Says what becomes of a row. */
  void map(OldRow row, Batch batch, Outcome outcome);
}
