package com.napalmsky.gateway.lobby;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.util.Arrays;
import java.util.UUID;

/**
 * Everybody who is looked at: an int for each, and the seats that look at him. A person without a
 * viewer is forgotten and his int used again.
 *
 * <p>Confined to one event loop.
 */
final class People {

  static final int NOBODY = -1;

  private static final int FEW = 4;

  private final Object2IntOpenHashMap<UUID> ids = new Object2IntOpenHashMap<>();
  private final IntArrayList free = new IntArrayList();
  private UUID[] people = new UUID[16];
  private int[][] viewers = new int[16][];
  private int[] counts = new int[16];
  private int used;

  People() {
    ids.defaultReturnValue(NOBODY);
  }

  /** The int of a person somebody looks at, else {@link #NOBODY}. */
  int of(UUID person) {
    return ids.getInt(person);
  }

  /** The person of an int. */
  UUID at(int person) {
    return people[person];
  }

  /** The int of a person, a new one if need be; a viewer must follow at once. */
  int intern(UUID person) {
    int known = ids.getInt(person);
    if (known != NOBODY) {
      return known;
    }
    int id = free.isEmpty() ? used++ : free.popInt();
    if (id == people.length) {
      people = Arrays.copyOf(people, id * 2);
      viewers = Arrays.copyOf(viewers, id * 2);
      counts = Arrays.copyOf(counts, id * 2);
    }
    people[id] = person;
    viewers[id] = new int[FEW];
    ids.put(person, id);
    return id;
  }

  int viewerCount(int person) {
    return counts[person];
  }

  int viewer(int person, int index) {
    return viewers[person][index];
  }

  void addViewer(int person, int seat) {
    int[] seats = viewers[person];
    int count = counts[person];
    if (count == seats.length) {
      seats = Arrays.copyOf(seats, count + (count >> 1));
      viewers[person] = seats;
    }
    seats[count] = seat;
    counts[person] = count + 1;
  }

  /** Takes a viewer away, and forgets the person with the last one. */
  @SuppressWarnings("NullAway") // A freed place holds nothing until it is used again.
  void removeViewer(int person, int seat) {
    int[] seats = viewers[person];
    int last = counts[person] - 1;
    int place = 0;
    while (seats[place] != seat) {
      place++;
    }
    seats[place] = seats[last];
    counts[person] = last;
    if (last == 0) {
      ids.removeInt(people[person]);
      people[person] = null;
      viewers[person] = null;
      free.add(person);
    } else if (last >= FEW && last < seats.length / 4) {
      viewers[person] = Arrays.copyOf(seats, seats.length / 2);
    }
  }

  /** How many people are looked at. */
  int size() {
    return ids.size();
  }

  /** One more than the highest int in use or free. */
  int highest() {
    return used;
  }
}
