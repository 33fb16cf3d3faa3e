package com.napalmsky.user.retention;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;

/** A chore with a number of rows to do, each portion done when the test says so. */
final class FakeChore implements Chore {

  private record Asked(int most, Promise<Integer> answer) {}

  private final String name;
  private final Deque<Asked> asked = new ArrayDeque<>();
  private int left;
  private int portions;

  FakeChore(String name, int rows) {
    this.name = name;
    this.left = rows;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Future<Integer> portion(int most) {
    portions++;
    Asked one = new Asked(most, Promise.promise());
    asked.add(one);
    return one.answer().future();
  }

  /** Has the portion under way be done. */
  void finish() {
    Asked one = asked.remove();
    int rows = Math.min(left, one.most());
    left -= rows;
    one.answer().complete(rows);
  }

  void fail() {
    asked.remove().answer().fail(new IllegalStateException("the database is away"));
  }

  boolean underWay() {
    return !asked.isEmpty();
  }

  int left() {
    return left;
  }

  /** How many portions were begun. */
  int portions() {
    return portions;
  }
}
