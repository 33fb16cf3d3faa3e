package com.napalmsky.importold.step;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of the rows of one batch. */
public final class Outcome {

  /** What becomes of a row, or of a part of one. */
  public sealed interface Item permits Write, Skip {}

  /**
   * Values for the statement of the step.
   *
   * @param changes what is not as it was, if this is written
   */
  public record Write(List<@Nullable Object> values, List<String> changes, String example)
      implements Item {}

  /** Not to be brought over. */
  public record Skip(String reason, String example) implements Item {}

  private final List<Item> items = new ArrayList<>();
  private List<String> changes = new ArrayList<>();
  private String example = "";

  /** Begins a row. */
  public void begin(String exampleOfRow) {
    example = exampleOfRow;
    changes = new ArrayList<>();
  }

  /** The next write will not be as it was in the old database. */
  public void changed(String what) {
    changes.add(what);
  }

  /**
   * To be written.
   *
   * @param values as JDBC takes them, in the order of the statement
   */
  public void write(@Nullable Object... values) {
    List<@Nullable Object> all = new ArrayList<>();
    for (Object value : values) {
      all.add(value);
    }
    items.add(new Write(all, changes, example));
    changes = new ArrayList<>();
  }

  /** Not to be written. */
  public void skip(String reason) {
    items.add(new Skip(reason, example));
  }

  /** All of it, in the order of the rows. */
  public List<Item> items() {
    return items;
  }
}
