package com.napalmsky.presence.user;

import com.napalmsky.shared.contract.gateway.SocketRef;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of one user.
 *
 * @param inOrder each once, the one that authenticated first in front
 * @param queued the one of them that last sent {@code queue:join}, or null when it never happened
 *     or that one is gone
 */
public record Sockets(List<SocketRef> inOrder, @Nullable SocketRef queued) {

  /** No socket at all. */
  public static final Sockets NONE = new Sockets(List.of(), null);

  public Sockets {
    inOrder = List.copyOf(inOrder);
    if (queued != null && !inOrder.contains(queued)) {
      throw new IllegalArgumentException("the queued socket is not among the sockets");
    }
  }

  public boolean isEmpty() {
    return inOrder.isEmpty();
  }

  public boolean contains(SocketRef socket) {
    return inOrder.contains(socket);
  }

  /** The one that speaks for the user outside a call, or null when there is none. */
  @Nullable SocketRef speaker() {
    if (queued != null) {
      return queued;
    }
    return inOrder.isEmpty() ? null : inOrder.get(inOrder.size() - 1);
  }

  Sockets with(SocketRef newest) {
    return new Sockets(Stream.concat(inOrder.stream(), Stream.of(newest)).toList(), queued);
  }

  Sockets without(SocketRef gone) {
    return new Sockets(
        inOrder.stream().filter(socket -> !socket.equals(gone)).toList(),
        gone.equals(queued) ? null : queued);
  }

  Sockets queuedBy(SocketRef socket) {
    return new Sockets(inOrder, socket);
  }
}
