package com.napalmsky.matchmaking.pool;

import com.napalmsky.shared.contract.user.Gender;
import com.napalmsky.shared.contract.user.Person;
import java.util.Iterator;
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

/** Sampling the pool: the 100 people whom a viewer sees, and a change. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RingBenchmark {

  private static final int VIEW = 100;

  @Param({"1000", "10000", "100000"})
  public int people = 1_000;

  private Ring ring = new Ring(1, 0);
  private int turn;

  @Setup
  public void fill() {
    ring = new Ring(people, 42);
    for (int id = 0; id < people; id++) {
      ring.put(person(id));
    }
  }

  private static Person person(int id) {
    return new Person(
        new UUID(id * 0x9E3779B97F4A7C15L, id), "Someone " + id, Gender.FEMALE, null, null);
  }

  @Benchmark
  public Object sample() {
    Iterator<Pooled> walk = ring.walk(ring.hash(person(turn++ % people).userId()), null);
    Object last = "";
    for (int seen = 0; seen < VIEW && walk.hasNext(); seen++) {
      last = walk.next();
    }
    return last;
  }

  @Benchmark
  public int leaveAndReturn() {
    Person person = person(turn++ % people);
    ring.remove(person.userId());
    ring.put(person);
    return ring.size();
  }
}
