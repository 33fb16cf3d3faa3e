package com.napalmsky.gateway.lobby;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Who looks at whom: what a poll and a change cost the index of an event loop. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ViewIndexBenchmark {

  private static final int VIEW = 100;

  /** How many seats look, each at 100 people. */
  @Param({"1000", "10000"})
  public int seats = 1_000;

  private final ViewIndex index = new ViewIndex(VIEW);
  private final List<UUID> people = new ArrayList<>();
  private int turn;

  @Setup
  public void fill() {
    for (int person = 0; person < seats; person++) {
      people.add(new UUID(person * 0x9E3779B97F4A7C15L, person));
    }
    for (int seat = 0; seat < seats; seat++) {
      index.replace(seat, view(seat), people.get(seat));
    }
  }

  private List<UUID> view(int from) {
    List<UUID> view = new ArrayList<>(VIEW);
    for (int place = 1; place <= VIEW; place++) {
      view.add(people.get((from + place) % seats));
    }
    return view;
  }

  /** A poll that shows the same people but one. */
  @Benchmark
  public int replace() {
    int seat = turn++ % seats;
    index.replace(seat, view(seat + (turn / seats & 1)), people.get(seat));
    return index.size(seat);
  }

  /** One of 100 is gone from a view, and comes back. */
  @Benchmark
  public boolean removeAndAdd() {
    int seat = turn++ % seats;
    UUID person = people.get((seat + VIEW / 2) % seats);
    boolean looked = index.remove(seat, person);
    index.add(seat, person);
    return looked;
  }

  /** Whom a change concerns. */
  @Benchmark
  public int viewers() {
    return index.people().viewerCount(index.people().of(people.get(turn++ % seats)));
  }
}
