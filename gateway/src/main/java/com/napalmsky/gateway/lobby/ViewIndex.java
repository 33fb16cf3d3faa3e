package com.napalmsky.gateway.lobby;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Which seat looks at whom, both ways, in arrays of ints: 8 bytes and a little for each pair. To
 * replace a view costs its length; who looks at a person is known at once.
 *
 * <p>Confined to one event loop.
 */
final class ViewIndex {

  private static final int[] EMPTY = {};

  /** Places that a view may have and not use. */
  private static final int SPARE = 8;

  private final People people = new People();
  private final int mostPeople;

  /** Where a new view is made: one that is as long as the last is written over it in place. */
  private final int[] next;

  private int[][] views = new int[16][];
  private int[] sizes = new int[16];

  /** The round in which a person was last seen in a new view. */
  private int[] marks = new int[16];

  private int round;

  /**
   * @param mostPeople in one view; more are left out
   */
  ViewIndex(int mostPeople) {
    this.mostPeople = mostPeople;
    next = new int[mostPeople];
  }

  People people() {
    return people;
  }

  /** How many people a seat looks at. */
  int size(int seat) {
    return seat < sizes.length ? sizes[seat] : 0;
  }

  /** Whether a seat looks at a person. */
  boolean looksAt(int seat, UUID person) {
    int id = people.of(person);
    if (id == People.NOBODY) {
      return false;
    }
    int[] view = view(seat);
    for (int place = 0; place < size(seat); place++) {
      if (view[place] == id) {
        return true;
      }
    }
    return false;
  }

  /** Has a seat look at these people instead, except himself. */
  void replace(int seat, List<UUID> shown, UUID himself) {
    makeRoom(seat);
    int[] before = view(seat);
    int sizeBefore = size(seat);
    int kept = startRound();
    int isNew = startRound();
    for (int place = 0; place < sizeBefore; place++) {
      mark(before[place], kept);
    }
    int size = 0;
    for (UUID person : shown) {
      if (size == mostPeople) {
        break;
      }
      if (person.equals(himself)) {
        continue;
      }
      int id = people.intern(person);
      int seen = id < marks.length ? marks[id] : 0;
      if (seen == isNew) {
        continue;
      }
      if (seen != kept) {
        people.addViewer(id, seat);
      }
      mark(id, isNew);
      next[size++] = id;
    }
    for (int place = 0; place < sizeBefore; place++) {
      if (marks[before[place]] == kept) {
        people.removeViewer(before[place], seat);
      }
    }
    // A view lives until the next poll, long enough to reach the old generation: a new array for
    // each
    // would fill that with garbage that only a full collection takes out.
    if (size <= before.length && before.length <= size + (size >> 2) + SPARE) {
      System.arraycopy(next, 0, before, 0, size);
    } else {
      views[seat] = Arrays.copyOf(next, size);
    }
    sizes[seat] = size;
  }

  /** Has a seat look at one more person; does nothing when its view is full or he is in it. */
  void add(int seat, UUID person) {
    makeRoom(seat);
    int size = size(seat);
    if (size == mostPeople || looksAt(seat, person)) {
      return;
    }
    int id = people.intern(person);
    people.addViewer(id, seat);
    int[] view = view(seat);
    if (size == view.length) {
      view = Arrays.copyOf(view, Math.min(mostPeople, size + 4 + (size >> 2)));
      views[seat] = view;
    }
    view[size] = id;
    sizes[seat] = size + 1;
  }

  /**
   * Has a seat look at one person less.
   *
   * @return whether it looked at him
   */
  boolean remove(int seat, UUID person) {
    int id = people.of(person);
    if (id == People.NOBODY) {
      return false;
    }
    int[] view = view(seat);
    int last = size(seat) - 1;
    for (int place = 0; place <= last; place++) {
      if (view[place] == id) {
        view[place] = view[last];
        sizes[seat] = last;
        people.removeViewer(id, seat);
        return true;
      }
    }
    return false;
  }

  /** Has a seat look at nobody. */
  void clear(int seat) {
    int size = size(seat);
    int[] view = view(seat);
    for (int place = 0; place < size; place++) {
      people.removeViewer(view[place], seat);
    }
    if (seat < views.length) {
      views[seat] = EMPTY;
      sizes[seat] = 0;
    }
  }

  private int[] view(int seat) {
    return seat < views.length && views[seat] != null ? views[seat] : EMPTY;
  }

  private void makeRoom(int seat) {
    if (seat >= views.length) {
      int length = Math.max(seat + 1, views.length * 2);
      views = Arrays.copyOf(views, length);
      sizes = Arrays.copyOf(sizes, length);
    }
  }

  private int startRound() {
    if (++round == Integer.MAX_VALUE) {
      Arrays.fill(marks, 0);
      round = 1;
    }
    return round;
  }

  private void mark(int person, int value) {
    if (person >= marks.length) {
      marks = Arrays.copyOf(marks, Math.max(person + 1, people.highest() * 2));
    }
    marks[person] = value;
  }
}
