package com.napalmsky.importold.step;

import com.napalmsky.importold.old.OldRow;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How values are brought into the shape that our columns have. */
public final class Words {

  /** Who has no name. */
  public static final String NAMELESS = "Someone";

  /** How long a name may be. */
  public static final int LONGEST_NAME = 100;

  /** What a row says that names somebody who is not in our database. */
  public static final String UNKNOWN_USER = "it belongs to a user who is not here";

  private Words() {}

  /** A point in time as a parameter; null for none. */
  public static @Nullable OffsetDateTime time(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  /** The first characters of a text; never half a character. */
  public static String cut(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most));
  }

  /** An address as PostgreSQL prints an inet, without the mask that says it is one host. */
  public static String host(String inet) {
    return inet.replaceFirst("/(32|128)$", "");
  }

  /** The users that some columns name. */
  public static Set<UUID> people(OldRow row, String... columns) {
    Set<UUID> people = new LinkedHashSet<>();
    Arrays.stream(columns).forEach(column -> row.uuid(column).ifPresent(people::add));
    return people;
  }

  /** The user that a column names if he is in our database, else null. */
  public static @Nullable UUID known(OldRow row, String column, Batch batch) {
    return row.uuid(column).filter(batch::has).orElse(null);
  }
}
