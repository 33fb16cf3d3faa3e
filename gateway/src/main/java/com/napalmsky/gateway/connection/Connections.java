package com.napalmsky.gateway.connection;

import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.objects.Object2ObjectOpenHashMap;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The connections of an event loop, by socket and by user. */
final class Connections {

  private final Long2ObjectOpenHashMap<Connection> bySocket = new Long2ObjectOpenHashMap<>();
  private final Object2ObjectOpenHashMap<UUID, Connection> byUser =
      new Object2ObjectOpenHashMap<>();

  void add(Connection connection) {
    bySocket.put(connection.socket.id(), connection);
  }

  /** Makes a connection that has signed in findable by its user. */
  void bind(Connection connection) {
    connection.nextOfUser = byUser.put(connection.user().userId(), connection);
  }

  void remove(Connection connection) {
    bySocket.remove(connection.socket.id());
    if (connection.session == null) {
      return;
    }
    UUID userId = connection.user().userId();
    Connection first = byUser.get(userId);
    if (first == connection) {
      if (connection.nextOfUser == null) {
        byUser.remove(userId);
      } else {
        byUser.put(userId, connection.nextOfUser);
      }
    }
    for (Connection other = first; other != null; other = other.nextOfUser) {
      if (other.nextOfUser == connection) {
        other.nextOfUser = connection.nextOfUser;
      }
    }
  }

  @Nullable Connection bySocket(long id) {
    return bySocket.get(id);
  }

  /** A copy: closing one while going through them changes what is there. */
  List<Connection> ofUser(UUID userId) {
    List<Connection> own = new ArrayList<>(2);
    for (Connection one = byUser.get(userId); one != null; one = one.nextOfUser) {
      own.add(one);
    }
    return own;
  }

  void forEach(Consumer<Connection> action) {
    bySocket.values().forEach(action);
  }

  int sockets() {
    return bySocket.size();
  }

  int users() {
    return byUser.size();
  }
}
