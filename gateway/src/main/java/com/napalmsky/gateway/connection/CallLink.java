package com.napalmsky.gateway.connection;

import com.napalmsky.shared.bus.Endpoint;
import com.napalmsky.shared.contract.signaling.SignalingContract;
import com.napalmsky.shared.contract.signaling.SignalingContract.Command;
import com.napalmsky.shared.contract.signaling.SignalingContract.CommandDone;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The call a socket belongs to, and the instance that holds it. */
final class CallLink {

  /** An owner that takes longer is as good as lost: its call is looked for elsewhere. */
  private static final Duration LIMIT = Duration.ofSeconds(2);

  final UUID roomId;

  /** Whether the call counts as running, so that it must hear when the socket is lost. */
  boolean running;

  /** Whether the socket was sent the end of the call. */
  boolean over;

  /** Presence learned of the call from this socket: what ends it may have been said before. */
  boolean restored;

  /** The owner is being looked for anew; whether there is one. */
  @Nullable Future<Boolean> moving;

  private String ownerName;
  private Endpoint<Command, CommandDone> owner;

  CallLink(UUID roomId, String owner) {
    this.roomId = roomId;
    this.ownerName = owner;
    this.owner = at(owner);
  }

  String ownerName() {
    return ownerName;
  }

  Endpoint<Command, CommandDone> owner() {
    return owner;
  }

  void movedTo(String newOwner) {
    ownerName = newOwner;
    owner = at(newOwner);
  }

  private static Endpoint<Command, CommandDone> at(String owner) {
    return SignalingContract.CALL.at(owner).within(LIMIT);
  }
}
