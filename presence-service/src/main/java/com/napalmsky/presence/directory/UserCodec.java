package com.napalmsky.presence.directory;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.napalmsky.presence.user.Sockets;
import com.napalmsky.presence.user.User;
import com.napalmsky.presence.user.UserEvent;
import com.napalmsky.presence.user.UserEvent.AccessLost;
import com.napalmsky.presence.user.UserEvent.CallReleased;
import com.napalmsky.presence.user.UserEvent.CallRestored;
import com.napalmsky.presence.user.UserEvent.Expelled;
import com.napalmsky.presence.user.UserEvent.Joined;
import com.napalmsky.presence.user.UserEvent.Left;
import com.napalmsky.presence.user.UserEvent.ProfileChanged;
import com.napalmsky.presence.user.UserEvent.QueueEntered;
import com.napalmsky.presence.user.UserEvent.QueueLeft;
import com.napalmsky.presence.user.UserEvent.SocketAuthenticated;
import com.napalmsky.presence.user.UserEvent.SocketLost;
import com.napalmsky.presence.user.UserEvent.TimePassed;
import com.napalmsky.presence.user.UserState;
import com.napalmsky.presence.user.UserState.Available;
import com.napalmsky.presence.user.UserState.Grace;
import com.napalmsky.presence.user.UserState.InCall;
import com.napalmsky.presence.user.UserState.Offline;
import com.napalmsky.presence.user.UserState.Online;
import com.napalmsky.presence.user.UserState.Present;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.contract.user.Person;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How users and what happens to them are written for Redis; the counterpart of {@code users.lua}.
 */
final class UserCodec {

  // Fields are kept apart by bars, sockets by blanks, and their numbers by a hash.
  private static final Pattern LOOP = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
  private static final int FIELDS = 7;

  // Fields that a newer instance wrote are ignored, as on the bus.
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .build();

  private UserCodec() {}

  /** The name of an event and what belongs to it. */
  static List<String> words(UserEvent event) {
    if (event instanceof SocketAuthenticated it) {
      return List.of("authenticated", word(it.socket()));
    } else if (event instanceof SocketLost it) {
      return List.of("lost", word(it.socket()));
    } else if (event instanceof Joined it) {
      return List.of("joined", word(it.socket()));
    } else if (event instanceof Left it) {
      return List.of("left", word(it.socket()));
    } else if (event instanceof QueueEntered it) {
      return List.of("queue_entered", word(it.socket()), json(it.person()));
    } else if (event instanceof QueueLeft it) {
      return List.of("queue_left", word(it.socket()));
    } else if (event instanceof CallReleased it) {
      return List.of("call_released", it.roomId().toString());
    } else if (event instanceof CallRestored it) {
      return List.of("call_restored", word(it.socket()), it.roomId().toString());
    } else if (event instanceof ProfileChanged it) {
      return List.of("profile_changed", json(it.person()));
    } else if (event instanceof AccessLost) {
      return List.of("access_lost");
    } else if (event instanceof Expelled) {
      return List.of("expelled");
    } else if (event instanceof TimePassed) {
      return List.of("time_passed");
    }
    throw new IllegalArgumentException("no word for " + event);
  }

  static String optionalWord(@Nullable SocketRef socket) {
    return socket == null ? "" : word(socket);
  }

  static @Nullable SocketRef optionalSocket(String word) {
    return word.isEmpty() ? null : socket(word);
  }

  /**
   * @param fields empty for who is not kept
   * @param person empty for none
   */
  static User user(String fields, String person) {
    if (fields.isEmpty()) {
      return User.GONE;
    }
    String[] parts = fields.split("\\|", FIELDS);
    PresenceState state = PresenceState.valueOf(parts[0]);
    UserState standing =
        switch (state) {
          case OFFLINE -> new Offline();
          case GRACE ->
              new Grace(
                  present(PresenceState.valueOf(parts[1]), parts, person),
                  Instant.ofEpochMilli(Long.parseLong(parts[2])));
          case ONLINE, AVAILABLE, IN_CALL -> present(state, parts, person);
        };
    return new User(standing, new Sockets(sockets(parts[6]), optionalSocket(parts[5])));
  }

  static List<SocketRef> sockets(String words) {
    return words.isEmpty()
        ? List.of()
        : Stream.of(words.split(" ")).map(UserCodec::socket).toList();
  }

  static Person person(String json) {
    try {
      return MAPPER.readValue(json, Person.class);
    } catch (JsonProcessingException unreadable) {
      throw new IllegalStateException("not a person: " + unreadable.getOriginalMessage());
    }
  }

  private static Present present(PresenceState state, String[] parts, String person) {
    return switch (state) {
      case ONLINE -> new Online();
      case AVAILABLE -> new Available(person(person));
      case IN_CALL -> new InCall(UUID.fromString(parts[3]), socket(parts[4]));
      case OFFLINE, GRACE -> throw new IllegalStateException(state + " needs no socket");
    };
  }

  private static String word(SocketRef socket) {
    if (!LOOP.matcher(socket.loop()).matches()) {
      throw ServiceFailure.invalid("the loop of a socket is not a name");
    }
    return socket.loop() + '#' + socket.id();
  }

  private static SocketRef socket(String word) {
    int end = word.lastIndexOf('#');
    return new SocketRef(word.substring(0, end), Long.parseLong(word.substring(end + 1)));
  }

  private static String json(Person person) {
    try {
      return MAPPER.writeValueAsString(person);
    } catch (JsonProcessingException unwritable) {
      throw new IllegalArgumentException(unwritable);
    }
  }
}
