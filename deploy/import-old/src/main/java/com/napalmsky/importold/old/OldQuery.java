package com.napalmsky.importold.old;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a step reads: rows of one old table, {@code t}, in the order of its key. Built once, then
 * only read.
 *
 * <p>A column that a database of an earlier release of the old server lacks is read as null; the
 * key and what the filter names must be there.
 */
public final class OldQuery {

  /**
   * A column of the result.
   *
   * @param needs columns of the old database, as {@code table.column}, without which it is null
   */
  record Column(String name, String expression, List<String> needs) {}

  private final String table;
  private final List<String> key;
  private final List<Column> columns = new ArrayList<>();
  private final List<String> needed = new ArrayList<>();
  private String joins = "";
  private @Nullable String filter;
  private String example;

  private OldQuery(String table, List<String> key) {
    this.table = table;
    this.key = key;
    this.example = key.get(0);
    key.forEach(
        name -> {
          columns.add(new Column(name, "t." + name, List.of(table + "." + name)));
          needed.add(table + "." + name);
        });
  }

  /**
   * Begins a query.
   *
   * @param key unique columns, the first of which names a row in examples
   */
  public static OldQuery of(String table, String... key) {
    return new OldQuery(table, List.of(key));
  }

  /** Columns of the table itself. */
  public OldQuery columns(String... names) {
    for (String name : names) {
      columns.add(new Column(name, "t." + name, List.of(table + "." + name)));
    }
    return this;
  }

  /** A column that is computed, or of a joined table. */
  public OldQuery column(String name, String expression, String... needs) {
    columns.add(new Column(name, expression, List.of(needs)));
    return this;
  }

  /** Joins something that has one row for a row of {@code t} at most. */
  public OldQuery join(String clause) {
    joins += " " + clause;
    return this;
  }

  /** Reads only some rows; nothing is read where a needed column is absent. */
  public OldQuery where(String condition, String... needs) {
    filter = condition;
    Collections.addAll(needed, needs);
    return this;
  }

  /** Names a row in examples by this column instead of by its key, which is a secret. */
  public OldQuery example(String column) {
    example = column;
    return this;
  }

  String table() {
    return table;
  }

  List<String> key() {
    return key;
  }

  List<Column> columns() {
    return columns;
  }

  List<String> needed() {
    return needed;
  }

  String exampleColumn() {
    return example;
  }

  /** From the table on, with the filter. */
  String from() {
    return " FROM "
        + table
        + " t"
        + joins
        + " WHERE "
        + (filter == null ? "true" : "(" + filter + ")");
  }
}
