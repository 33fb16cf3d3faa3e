package com.napalmsky.loadtest.people;

import com.napalmsky.loadtest.net.Answer;
import com.napalmsky.loadtest.net.Loop;
import com.napalmsky.loadtest.net.Socket;
import com.napalmsky.loadtest.net.Trouble;
import com.napalmsky.loadtest.time.Clock;
import com.napalmsky.loadtest.time.Timer;
import com.napalmsky.loadtest.wire.Scan;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.jspecify.annotations.Nullable;

/**
 * Somebody with an account and, for a time, a socket.
 *
 * <p>Confined to its loop, except what says otherwise.
 */
public final class Person implements Socket.Listener {

  private static final long ACK_MILLIS = 2_000;
  private static final long UNACKNOWLEDGED_MILLIS = 50;
  private static final int[] NOBODY = {};

  private final int number;
  private final Loop loop;
  private final Crowd crowd;
  private final boolean tiny;
  private String forwardedFor;
  private @Nullable String userId;
  private @Nullable String token;
  private @Nullable Socket socket;
  private @Nullable String tag;
  private int[] view = NOBODY;
  private boolean watching = true;
  private boolean inLobby;
  private boolean cutting;

  /**
   * @param tiny whether the kernel is to buffer little for this one
   */
  Person(int number, Loop loop, Crowd crowd, boolean tiny) {
    this.number = number;
    this.loop = loop;
    this.crowd = crowd;
    this.tiny = tiny;
    forwardedFor = crowd.nextAddress();
  }

  /** From 0; safe from any thread. */
  public int number() {
    return number;
  }

  /** Where everything of this person happens; safe from any thread. */
  public Loop loop() {
    return loop;
  }

  /** The id of the account; empty before there is one. */
  public String userId() {
    return userId == null ? "" : userId;
  }

  /** Whether the person is connected and in the lobby. */
  public boolean inLobby() {
    return inLobby;
  }

  /** Somebody new: signs up, connects and enters the lobby. */
  public Future<Void> arrive() {
    return signUp().compose(signed -> connect()).compose(connected -> enter());
  }

  /** Leaves for good; who arrives next is somebody else, from elsewhere. */
  public void leave() {
    emit("queue:leave", "");
    cut();
    crowd.leaves(userId());
    userId = null;
    token = null;
    tag = null;
    forwardedFor = crowd.nextAddress();
  }

  private Future<Void> signUp() {
    long start = Clock.nanos();
    String code = crowd.inviteCode();
    String body =
        "{\"name\":\"Load "
            + number
            + "\",\"gender\":\""
            + (number % 2 == 0 ? "female" : "male")
            + "\""
            + (code.isEmpty() ? "" : ",\"inviteCode\":\"" + code + "\"")
            + "}";
    return loop.http()
        .send("/auth/guest", forwardedFor, crowd.acceptEncoding(), null, null, body)
        .compose(
            answer -> {
              String text = answer.text();
              String id = Scan.text(text, "userId");
              token = Scan.text(text, "sessionToken");
              if (answer.status() != 200 || token == null || id == null) {
                return Future.failedFuture(answer.refused("POST /auth/guest"));
              }
              crowd.leaves(userId());
              userId = id;
              crowd.signedUp(id, this);
              crowd.signUp().record(start, Clock.nanos());
              return Future.succeededFuture();
            });
  }

  /** Connects; the future fails with {@link Trouble}. */
  public Future<Void> connect() {
    String session = token;
    if (session == null) {
      return Future.failedFuture(new Trouble("no account"));
    }
    long start = Clock.nanos();
    return Socket.connect(loop, session, crowd.deltas(), forwardedFor, tiny, this)
        .map(
            connected -> {
              socket = connected;
              crowd.connect().record(start, Clock.nanos());
              return null;
            });
  }

  /** Goes online and into the lobby. */
  public Future<Void> enter() {
    long start = Clock.nanos();
    emit("presence:join", "");
    return ask("queue:join", "")
        .map(
            done -> {
              inLobby = true;
              crowd.entered(1);
              crowd.enter().record(start, Clock.nanos());
              return null;
            });
  }

  /**
   * Looks at the queue and at the people in the answer from then on.
   *
   * @param again whether to send the last ETag, so that nothing is answered when nothing changed
   */
  public Future<Answer> look(boolean again) {
    return request(again)
        .compose(
            answer -> {
              if (answer.status() == 200) {
                tag = answer.etag();
                if (watching) {
                  view = crowd.lookAt(view, answer.text());
                }
              } else if (answer.status() != 304) {
                return Future.failedFuture(answer.refused("GET /room/queue"));
              }
              return Future.succeededFuture(answer);
            });
  }

  /** Is not counted from now on among those who look at others. */
  public void stopWatching() {
    watching = false;
    view = crowd.lookAt(view, "");
  }

  /** Asks for the queue without looking at the answer. */
  public Future<Answer> request(boolean again) {
    return loop.http()
        .send("/room/queue", forwardedFor, crowd.acceptEncoding(), token, again ? tag : null, null);
  }

  /** Sends an event; does nothing when not connected. */
  public void emit(String event, String payload) {
    if (socket != null) {
      socket.emit(event, payload);
    }
  }

  /**
   * Sends an event and waits until it has taken effect: for its acknowledgement, or for a moment
   * where the server sends none. Fails with {@link Trouble} when it was refused.
   */
  public Future<Void> ask(String event, String payload) {
    Socket open = socket;
    if (open == null) {
      return Future.failedFuture(new Trouble("not connected"));
    }
    if (!crowd.serverAcknowledges()) {
      open.emit(event, payload);
      return Clock.pause(loop.executor(), UNACKNOWLEDGED_MILLIS);
    }
    Promise<Void> done = Promise.promise();
    Timer limit =
        Clock.after(
            loop.executor(),
            ACK_MILLIS,
            () -> {
              if (crowd.neverAcknowledged()) {
                done.tryComplete();
              } else {
                done.tryFail(new Trouble(event + " was not acknowledged in time"));
              }
            });
    var unused =
        open.ask(event, payload)
            .onComplete(
                answer -> {
                  limit.cancel();
                  crowd.acknowledged();
                  String error = Scan.text(answer, "error");
                  if (error == null) {
                    done.tryComplete();
                  } else {
                    done.tryFail(new Trouble(event + " refused: " + error));
                  }
                },
                cause -> {
                  limit.cancel();
                  done.tryFail(cause);
                });
    return done.future();
  }

  /** Sends what never comes whole; see {@link Socket#leaveUnfinished}. */
  public void leaveUnfinished(int attachments, int bytes) {
    if (socket != null) {
      socket.leaveUnfinished(attachments, bytes);
    }
  }

  /** Whether events reach the server. */
  public boolean connected() {
    return socket != null && socket.open();
  }

  /** Stops or goes on reading from the socket. */
  public void reading(boolean on) {
    if (socket != null) {
      socket.reading(on);
    }
  }

  /** Cuts the connection without a word. */
  public void cut() {
    if (socket != null) {
      cutting = true;
      socket.cut();
      cutting = false;
    }
  }

  @Override
  public void event(String name, String payload) {
    crowd.listener().event(this, name, payload);
  }

  @Override
  public void closed(Trouble why) {
    socket = null;
    view = crowd.lookAt(view, "");
    if (inLobby) {
      inLobby = false;
      crowd.entered(-1);
    }
    if (!cutting) {
      crowd.lost(this, why);
    }
  }
}
