package com.napalmsky.user.database;

import com.napalmsky.shared.contract.user.Cursor;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list that is read from its newest entry on. The query compares {@code (instant, id)}
 * with {@link #instant} and {@link #id}, and asks for one entry more than it wants to give.
 *
 * @param next where the next page begins, null when there is none
 */
public record Page<T>(List<T> entries, @Nullable Cursor next) {

  private static final Instant AFTER_ALL = Instant.parse("9999-12-31T00:00:00Z");
  // PostgreSQL sorts it before every other id, so an instant alone excludes all its entries.
  private static final UUID BEFORE_ALL = new UUID(0, 0);
  private static final int MOST = 200;

  /** The instant of the place behind which to read. */
  public static OffsetDateTime instant(@Nullable Cursor before) {
    return SqlTime.of(before == null ? AFTER_ALL : before.at());
  }

  /** The id of the place behind which to read. */
  public static UUID id(@Nullable Cursor before) {
    return before == null || before.id() == null ? BEFORE_ALL : before.id();
  }

  /** How many entries a page may have: what was asked for, brought into 1–200. */
  public static int limit(int asked) {
    return Math.max(1, Math.min(asked, MOST));
  }

  /**
   * The page of what was read.
   *
   * @param limit as {@link #limit} gave it; one more may have been read
   */
  public static <T> Page<T> of(List<T> read, int limit, Function<T, Cursor> place) {
    return read.size() <= limit
        ? new Page<>(read, null)
        : new Page<>(read.subList(0, limit), place.apply(read.get(limit - 1)));
  }
}
