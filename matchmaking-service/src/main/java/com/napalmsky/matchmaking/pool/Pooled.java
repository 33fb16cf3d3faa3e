package com.napalmsky.matchmaking.pool;

import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Candidate;
import com.napalmsky.shared.contract.user.Person;

/**
 * Somebody in the pool, with what every answer needs of him worked out once.
 *
 * @param place in the ring
 * @param candidate as most viewers see him: no cooldown, not introduced
 * @param fingerprint a hash of everything others see of him
 */
public record Pooled(Place place, Candidate candidate, long fingerprint) {

  static Pooled of(Person person, Place place) {
    return new Pooled(place, new Candidate(person, null, false, null), fingerprint(person));
  }

  /** As others see him. */
  public Person person() {
    return candidate.person();
  }

  /** A hash of everything others see of a person. */
  public static long fingerprint(Person person) {
    long hash = Mixing.mix(person.gender().ordinal(), person.userId());
    hash = Mixing.mix(hash, Mixing.of(person.name()));
    hash = Mixing.mix(hash, person.selfieUrl() == null ? 0 : Mixing.of(person.selfieUrl()));
    return Mixing.mix(hash, person.videoUrl() == null ? 0 : Mixing.of(person.videoUrl()));
  }
}
