package com.napalmsky.gateway.lobby;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ViewIndexTest {

  private static final UUID HIMSELF = new UUID(9, 9);

  private final ViewIndex index = new ViewIndex(5);

  @Test
  void aViewIsReplacedWhole() {
    index.replace(0, people(1, 2, 3), HIMSELF);

    index.replace(0, people(3, 4), HIMSELF);

    assertThat(index.size(0)).isEqualTo(2);
    assertThat(index.looksAt(0, person(1))).isFalse();
    assertThat(index.looksAt(0, person(4))).isTrue();
    assertThat(index.people().size()).isEqualTo(2);
  }

  @Test
  void nobodyLooksAtHimselfNorAtSomebodyTwice() {
    index.replace(0, List.of(person(1), HIMSELF, person(1)), HIMSELF);

    assertThat(index.size(0)).isEqualTo(1);
    assertThat(viewers(index, person(1))).containsExactly(0);
  }

  @Test
  void whoIsBeyondTheBoundIsLeftOut() {
    index.replace(0, people(1, 2, 3, 4, 5, 6, 7), HIMSELF);
    index.add(0, person(8));

    assertThat(index.size(0)).isEqualTo(5);
    assertThat(index.looksAt(0, person(6))).isFalse();
    assertThat(index.looksAt(0, person(8))).isFalse();
  }

  @Property(tries = 200)
  void theIndexHoldsWhatWasShownAndNothingElse(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int steps) {
    Random random = new Random(seed);
    ViewIndex tested = new ViewIndex(12);
    Map<Integer, Set<UUID>> model = new HashMap<>();
    for (int step = 0; step < steps; step++) {
      int seat = random.nextInt(20);
      Set<UUID> view = model.computeIfAbsent(seat, fresh -> new LinkedHashSet<>());
      switch (random.nextInt(5)) {
        case 0 -> {
          tested.clear(seat);
          view.clear();
        }
        case 1 -> {
          UUID one = person(random.nextInt(40));
          tested.add(seat, one);
          if (view.size() < 12) {
            view.add(one);
          }
        }
        case 2 -> {
          UUID one = person(random.nextInt(40));
          assertThat(tested.remove(seat, one)).isEqualTo(view.remove(one));
        }
        default -> {
          List<UUID> shown = new ArrayList<>();
          for (int count = random.nextInt(13); count > 0; count--) {
            shown.add(person(random.nextInt(40)));
          }
          tested.replace(seat, shown, HIMSELF);
          view.clear();
          view.addAll(shown);
        }
      }
    }

    Set<UUID> lookedAt = new HashSet<>();
    model.values().forEach(lookedAt::addAll);
    assertThat(tested.people().size()).isEqualTo(lookedAt.size());
    for (UUID one : lookedAt) {
      Set<Integer> expected = new HashSet<>();
      model.forEach(
          (seat, view) -> {
            if (view.contains(one)) {
              expected.add(seat);
            }
          });
      assertThat(viewers(tested, one)).hasSameSizeAs(expected).containsAll(expected);
    }

    model.keySet().forEach(tested::clear);
    assertThat(tested.people().size()).isZero();
    assertThat(tested.people().highest()).isLessThanOrEqualTo(40);
  }

  private static List<Integer> viewers(ViewIndex index, UUID person) {
    int id = index.people().of(person);
    List<Integer> seats = new ArrayList<>();
    for (int place = 0; place < index.people().viewerCount(id); place++) {
      seats.add(index.people().viewer(id, place));
    }
    return seats;
  }

  private static List<UUID> people(int... numbers) {
    List<UUID> people = new ArrayList<>();
    for (int number : numbers) {
      people.add(person(number));
    }
    return people;
  }

  private static UUID person(int number) {
    return new UUID(1, number);
  }
}
