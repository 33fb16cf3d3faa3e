package com.napalmsky.presence;

import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.user.Gender;
import com.napalmsky.shared.contract.user.Person;
import java.util.UUID;

/** Who and what plays in the tests. */
public final class Cast {

  private Cast() {}

  public static final UUID ANNA = id(0xA);
  public static final UUID BEN = id(0xB);
  public static final UUID CARL = id(0xC);
  public static final UUID ROOM = id(0x100);
  public static final UUID OTHER_ROOM = id(0x200);

  /** The id of a number; ids are in the order of the numbers. */
  public static UUID id(long number) {
    return new UUID(0, number);
  }

  /** A socket; its number is its name. */
  public static SocketRef socket(long number) {
    return new SocketRef("gw1-0", number);
  }

  /** How others see a user at first. */
  public static Person person(UUID userId) {
    return person(userId, "Person");
  }

  /** How others see a user by another name. */
  public static Person person(UUID userId, String name) {
    return new Person(userId, name, Gender.UNSPECIFIED, null, null);
  }
}
