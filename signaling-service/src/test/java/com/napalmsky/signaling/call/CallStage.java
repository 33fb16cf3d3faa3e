package com.napalmsky.signaling.call;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.contract.gateway.ClientEvent;
import com.napalmsky.shared.contract.gateway.PatientDelivery;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.signaling.CallAction;
import com.napalmsky.shared.contract.signaling.SignalKind;
import com.napalmsky.shared.contract.signaling.SignalingContract.CallProgress;
import com.napalmsky.shared.contract.signaling.SignalingContract.Command;
import com.napalmsky.shared.contract.signaling.SignalingContract.Member;
import com.napalmsky.shared.contract.signaling.SignalingContract.Open;
import com.napalmsky.shared.contract.signaling.SignalingContract.Outcome;
import com.napalmsky.signaling.Stage;
import com.napalmsky.signaling.finish.Backoff;
import com.napalmsky.signaling.finish.FinishedCalls;
import com.napalmsky.signaling.finish.Finishing;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One instance, and two people who are in a call. */
final class CallStage {

  static final CallBounds BOUNDS =
      new CallBounds(
          100,
          10,
          Duration.ofMinutes(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          65_536,
          4_096,
          300,
          200,
          3_000_000,
          5,
          400,
          10_000,
          Duration.ofMillis(250),
          Duration.ofSeconds(3));
  static final int AGREED = 120;

  final Stage stage = new Stage();
  final UUID room = UUID.randomUUID();
  final UUID ann = UUID.randomUUID();
  final UUID bob = UUID.randomUUID();
  SocketRef annSocket = stage.socket();
  SocketRef bobSocket = stage.socket();

  final CallDirectory directory = CallDirectory.inMemory(200);
  final FinishedCalls finished = FinishedCalls.inMemory(100, 10);
  final PatientDelivery patient = new PatientDelivery(stage.bus, stage.timers, 100);
  final Finishing finishing;
  final Calls calls;

  CallStage() {
    this(BOUNDS);
  }

  CallStage(CallBounds bounds) {
    var listening = stage.bus.subscribe(PresenceContract.CHANGED, patient::presenceChanged);
    finishing =
        new Finishing(
            stage.bus,
            stage.timers,
            finished,
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), () -> 0),
            patient);
    calls = new Calls("owner-1", stage.bus, stage.timers, directory, finishing, bounds);
    calls.begin().result();
  }

  /** A call that is accepted. */
  @CanIgnoreReturnValue
  CallStage open() {
    calls.open(opening()).result();
    return this;
  }

  Open opening() {
    return new Open(
        room, new Member(ann, "Ann", annSocket), new Member(bob, "Bob", bobSocket), AGREED);
  }

  /** A call whose members are both there, with nothing on their sockets yet. */
  @CanIgnoreReturnValue
  CallStage joined() {
    open();
    join(ann);
    join(bob);
    stage.forget(annSocket);
    stage.forget(bobSocket);
    return this;
  }

  /** A call in which talk has begun, with nothing on the members' sockets yet. */
  @CanIgnoreReturnValue
  CallStage talking() {
    joined();
    send(ann, SignalKind.OFFER, "offer");
    send(bob, SignalKind.ANSWER, "answer");
    stage.forget(annSocket);
    stage.forget(bobSocket);
    return this;
  }

  SocketRef socketOf(UUID user) {
    return user.equals(ann) ? annSocket : bobSocket;
  }

  @CanIgnoreReturnValue
  Outcome command(UUID user, SocketRef socket, CallAction action) {
    return calls.command(new Command(room, user, socket, action)).result().outcome();
  }

  @CanIgnoreReturnValue
  Outcome command(UUID user, CallAction action) {
    return command(user, socketOf(user), action);
  }

  @CanIgnoreReturnValue
  Outcome join(UUID user) {
    return command(user, new CallAction.Join());
  }

  /** What a member whose page is there is told of the call; he says that it is there once more. */
  @Nullable CallProgress progress(UUID user) {
    return calls
        .command(new Command(room, user, socketOf(user), new CallAction.Join()))
        .result()
        .progress();
  }

  @CanIgnoreReturnValue
  Outcome send(UUID user, SignalKind kind, String payload) {
    return command(user, new CallAction.Send(kind, payload));
  }

  @CanIgnoreReturnValue
  Outcome say(UUID user, String text) {
    return command(user, new CallAction.Say(text));
  }

  @CanIgnoreReturnValue
  Outcome end(UUID user) {
    return command(user, new CallAction.End());
  }

  /** The user's socket breaks and its gateway says so. */
  void lose(UUID user) {
    SocketRef socket = socketOf(user);
    stage.drop(socket);
    command(user, socket, new CallAction.Lose(null));
  }

  /** The user's client reconnects with a new socket. */
  @CanIgnoreReturnValue
  SocketRef comeBack(UUID user) {
    SocketRef socket = stage.socket();
    if (user.equals(ann)) {
      annSocket = socket;
    } else {
      bobSocket = socket;
    }
    command(user, socket, new CallAction.Return());
    return socket;
  }

  /** What a member's socket got, in short. */
  List<String> heard(SocketRef socket) {
    return stage.got(socket).stream().map(CallStage::inShort).toList();
  }

  static String inShort(ClientEvent event) {
    if (event instanceof ClientEvent.Signal signal) {
      return signal.kind().wire() + ":" + signal.payload();
    }
    if (event instanceof ClientEvent.Chat chat) {
      return "chat:" + chat.text();
    }
    if (event instanceof ClientEvent.SessionFinalized end) {
      return "finalized:" + end.reason().wire();
    }
    return event.getClass().getSimpleName();
  }
}
