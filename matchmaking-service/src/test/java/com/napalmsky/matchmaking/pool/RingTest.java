package com.napalmsky.matchmaking.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.contract.user.Gender;
import com.napalmsky.shared.contract.user.Person;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RingTest {

  private static final int EVERYBODY = 2_000;
  private static final int LIMIT = 50;

  private final Random random = new Random(1);
  private final Ring ring = new Ring(10_000, 42);

  @Test
  void everybodyWhoLooksFromTheRingSeesEverybodyEquallyOften() {
    List<UUID> people = fill(EVERYBODY);
    Map<UUID, Integer> shown = new HashMap<>();

    people.forEach(viewer -> sample(viewer).forEach(seen -> shown.merge(seen, 1, Integer::sum)));

    assertThat(shown).hasSize(EVERYBODY);
    // A viewer's sample leaves himself out, so that the edge of it moves by one.
    assertThat(shown.values()).allMatch(times -> Math.abs(times - LIMIT) <= 1);
  }

  @Test
  void strangersToTheRingShowEverybodyAboutEquallyOftenAsWell() {
    List<UUID> people = fill(200);
    Map<UUID, Integer> shown = new HashMap<>();
    int viewers = 20_000;

    for (int viewer = 0; viewer < viewers; viewer++) {
      sample(newId()).forEach(seen -> shown.merge(seen, 1, Integer::sum));
    }

    int fair = viewers * LIMIT / people.size();
    assertThat(shown).hasSize(people.size());
    // A person's share is the arc of 50 neighbours: it varies by a seventh.
    assertThat(shown.values()).allMatch(times -> times > fair / 2 && times < fair * 2);
  }

  @Test
  void aSampleIsTheSameOnEachInstanceAndInEachOrderOfArrival() {
    List<UUID> people = fill(500);
    Ring other = new Ring(10_000, 42);
    List<UUID> shuffled = new ArrayList<>(people);
    java.util.Collections.shuffle(shuffled, random);
    shuffled.forEach(id -> other.put(person(id, "X")));

    UUID viewer = newId();

    assertThat(ids(other.walk(other.hash(viewer), null), LIMIT)).isEqualTo(sample(viewer));
  }

  @Test
  void aChangeElsewhereLeavesASampleAlone() {
    List<UUID> people = fill(1_000);
    UUID viewer = newId();
    List<UUID> before = sample(viewer);

    for (UUID id : people) {
      if (!before.contains(id)) {
        ring.remove(id);
        break;
      }
    }

    assertThat(sample(viewer)).isEqualTo(before);
  }

  @Test
  void oneWhoLeavesIsReplacedByOneOther() {
    fill(1_000);
    UUID viewer = newId();
    List<UUID> before = sample(viewer);

    ring.remove(before.get(10));

    assertThat(new HashSet<>(sample(viewer)))
        .hasSize(LIMIT)
        .containsAll(before.stream().filter(id -> !id.equals(before.get(10))).toList());
  }

  @Test
  void aWalkGoesOnceAroundFromAnyPlaceAndCanBeInterrupted() {
    List<UUID> people = fill(300);
    for (int round = 0; round < 100; round++) {
      long start = random.nextLong();
      List<UUID> seen = new ArrayList<>();
      Place after = null;
      Iterator<Pooled> walk = ring.walk(start, null);
      while (walk.hasNext()) {
        Pooled next = walk.next();
        seen.add(next.place().id());
        if (random.nextInt(5) == 0) {
          after = next.place();
          walk = ring.walk(start, after);
        }
      }

      assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(people);
    }
  }

  @Test
  void aFullRingRefusesNewPeopleButTakesNewProfiles() {
    Ring small = new Ring(2, 1);
    UUID ann = newId();
    small.put(person(ann, "Ann"));
    small.put(person(newId(), "Bob"));

    small.put(person(newId(), "Cid"));
    small.put(person(ann, "Anna"));

    assertThat(small.size()).isEqualTo(2);
    assertThat(small.refused()).isEqualTo(1);
    assertThat(small.get(ann).person().name()).isEqualTo("Anna");
  }

  @Test
  void aFingerprintTellsEachFieldOfAPersonApart() {
    UUID id = newId();
    List<Person> variants =
        List.of(
            new Person(id, "Ann", Gender.FEMALE, null, null),
            new Person(id, "Bob", Gender.FEMALE, null, null),
            new Person(id, "Ann", Gender.MALE, null, null),
            new Person(id, "Ann", Gender.FEMALE, "s", null),
            new Person(id, "Ann", Gender.FEMALE, null, "s"),
            new Person(newId(), "Ann", Gender.FEMALE, null, null));

    assertThat(variants.stream().map(Pooled::fingerprint)).doesNotHaveDuplicates();
    assertThat(Pooled.fingerprint(variants.get(0)))
        .isEqualTo(Pooled.fingerprint(new Person(id, "Ann", Gender.FEMALE, null, null)));
  }

  @CanIgnoreReturnValue
  private List<UUID> fill(int count) {
    List<UUID> people = new ArrayList<>();
    for (int at = 0; at < count; at++) {
      UUID id = newId();
      people.add(id);
      ring.put(person(id, "P" + at));
    }
    return people;
  }

  private List<UUID> sample(UUID viewer) {
    List<UUID> seen = new ArrayList<>(ids(ring.walk(ring.hash(viewer), null), LIMIT + 1));
    seen.remove(viewer);
    return seen.subList(0, Math.min(LIMIT, seen.size()));
  }

  private static List<UUID> ids(Iterator<Pooled> walk, int limit) {
    List<UUID> ids = new ArrayList<>();
    while (walk.hasNext() && ids.size() < limit) {
      ids.add(walk.next().place().id());
    }
    return ids;
  }

  private UUID newId() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  private static Person person(UUID id, String name) {
    return new Person(id, name, Gender.UNSPECIFIED, null, null);
  }
}
