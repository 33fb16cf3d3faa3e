package com.napalmsky.shared.contract.gateway;

import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.presence.PresenceContract.Changed;
import com.napalmsky.shared.contract.presence.PresenceContract.Location;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.log.LogKey;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells users what they must not miss for having lost their socket a moment ago: events for a user
 * in GRACE wait until he is back.
 *
 * <p>The events of one user are sent to his primary socket in the order in which they were given,
 * each at most once to one socket. When a gateway gives no answer, an event waits until presence
 * names another socket: a gateway that died has lost it, one that is slow has sent it. Events are
 * forgotten when the user goes OFFLINE, and after {@link #PATIENCE}. Bounded by users and by {@link
 * #MOST_EVENTS} for each of them.
 *
 * <p>Confined to the context that created it, whose owner passes on {@code presence.v1.changed}.
 */
public final class PatientDelivery {

  /** Events that may wait for one user; further ones are not kept. */
  public static final int MOST_EVENTS = 10;

  /** How long they wait, which is longer than any grace that presence-service gives by default. */
  public static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final Logger LOG = LoggerFactory.getLogger(PatientDelivery.class);

  /** Presence may still name a socket whose gateway has lost it: the goodbye is under way. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private static final int MOST_LOOKS = 3;

  private final Delivery delivery;
  private final Timers timers;
  private final int mostUsers;
  private final Map<UUID, Line> lines = new HashMap<>();
  private long untold;
  private long forgotten;

  /**
   * @param mostUsers for how many users events may be under way or wait; above it they are sent
   *     without waiting
   */
  public PatientDelivery(Bus bus, Timers timers, int mostUsers) {
    this.delivery = new Delivery(bus);
    this.timers = timers;
    this.mostUsers = mostUsers;
  }

  /** Tells a user, now or when he is back; goes on by itself. */
  public void tell(UUID userId, ClientEvent event) {
    told(userId, event)
        .onComplete(
            told -> {},
            cause ->
                LOG.atError()
                    .addKeyValue(LogKey.USER, userId)
                    .setCause(cause)
                    .log("the telling of an event failed"));
  }

  /**
   * Tells a user, now or when he is back.
   *
   * @return whether a socket took the event, once that is certain or there is no more hope; never
   *     fails, and is left open by {@link #stop}
   */
  public Future<Boolean> told(UUID userId, ClientEvent event) {
    Line line = lines.get(userId);
    if (line == null && lines.size() >= mostUsers) {
      return delivery
          .toPrimary(userId, event)
          .otherwise(
              cause -> {
                notTold(event, cause);
                return false;
              });
    }
    if (line == null) {
      line = new Line(userId);
      lines.put(userId, line);
    }
    Telling telling = new Telling(event, Promise.promise());
    line.add(telling);
    return telling.told().future();
  }

  /** Takes notice of a change of presence. */
  public void presenceChanged(Changed change) {
    Line line = lines.get(change.userId());
    if (line == null) {
      return;
    }
    if (change.to() == PresenceState.OFFLINE) {
      line.offline();
    } else if (change.to().online()) {
      line.back();
    }
  }

  /** Ends all timers; what waits is forgotten. */
  public void stop() {
    List.copyOf(lines.values()).forEach(Line::end);
  }

  /** Users for whom events are under way or wait. */
  public int size() {
    return lines.size();
  }

  /** How many users that may be. */
  public int bound() {
    return mostUsers;
  }

  /** Events that could not be sent because presence or a gateway did not answer. */
  public long untold() {
    return untold;
  }

  /** Events that waited in vain, or found no room. */
  public long forgotten() {
    return forgotten;
  }

  private void notTold(ClientEvent event, Throwable cause) {
    untold++;
    LOG.warn("nobody could be told {}", event.getClass().getSimpleName(), cause);
  }

  private record Telling(ClientEvent event, Promise<Boolean> told) {}

  /** The events of one user, of which the first is being sent or waits. */
  private final class Line {
    private final UUID userId;
    private final Queue<Telling> tellings = new ArrayDeque<>(2);

    /** Presence or a gateway is being asked. */
    private boolean asking;

    /** He came back while they were asked: their answer may be older. */
    private boolean backMeanwhile;

    /** What cannot be sent now is forgotten. */
    private boolean lastQuestion;

    /** May have got the first event: its gateway did not answer. */
    private @Nullable SocketRef doubted;

    private boolean over;
    private int looks;
    private Timers.@Nullable Cancellable patience;
    private Timers.@Nullable Cancellable look;

    Line(UUID userId) {
      this.userId = userId;
    }

    void add(Telling telling) {
      if (tellings.size() == MOST_EVENTS) {
        forgotten++;
        telling.told().complete(false);
        return;
      }
      tellings.add(telling);
      if (!asking && patience == null) {
        sendNext();
      }
    }

    void back() {
      if (asking) {
        backMeanwhile = true;
      } else {
        sendNext();
      }
    }

    /** He is gone for good, or was waited for long enough. */
    void offline() {
      if (asking) {
        lastQuestion = true;
      } else {
        giveUp();
      }
    }

    void end() {
      over = true;
      cancelLook();
      if (patience != null) {
        patience.cancel();
        patience = null;
      }
      lines.remove(userId, this);
    }

    private void sendNext() {
      cancelLook();
      if (tellings.isEmpty()) {
        end();
        return;
      }
      asking = true;
      backMeanwhile = false;
      delivery.locate(userId).onComplete(this::located, this::notLocated);
    }

    private void located(Location at) {
      if (over) {
        return;
      }
      SocketRef primary = at.primary();
      if (tellings.isEmpty()) {
        end();
      } else if (primary != null && primary.equals(doubted)) {
        lookAgain();
      } else if (primary != null) {
        doubted = null;
        delivery
            .toSocket(primary, tellings.element().event())
            .onComplete(taken -> sent(taken), cause -> unanswered(primary, cause));
      } else if (at.state() == PresenceState.GRACE || backMeanwhile) {
        hold();
      } else {
        giveUp();
      }
    }

    private void sent(boolean taken) {
      if (over) {
        return;
      }
      if (taken) {
        settle(true);
        sendNext();
      } else if (looks++ == MOST_LOOKS) {
        giveUp();
      } else {
        lookAgain();
      }
    }

    private void unanswered(SocketRef socket, Throwable cause) {
      if (over) {
        return;
      }
      LOG.debug("a gateway did not answer loop={}", socket.loop(), cause);
      boolean nobodyHasIt = cause instanceof ServiceFailure failure && failure.reachedNobody();
      doubted = nobodyHasIt ? null : socket;
      lookAgain();
    }

    private void notLocated(Throwable cause) {
      if (over) {
        return;
      }
      LOG.debug("presence did not answer", cause);
      lookAgain();
    }

    private void lookAgain() {
      if (backMeanwhile) {
        sendNext();
        return;
      }
      hold();
      look = over ? null : timers.after(LOOK_AGAIN, this::sendNext);
    }

    private void hold() {
      asking = false;
      if (backMeanwhile) {
        sendNext();
      } else if (lastQuestion) {
        giveUp();
      } else if (patience == null) {
        patience = timers.after(PATIENCE, this::patienceOver);
      }
    }

    private void patienceOver() {
      if (doubted == null) {
        offline();
        return;
      }
      // Its gateway was only slow, so the first event is with the client; the others are not.
      patience = null;
      doubted = null;
      untold++;
      settle(false);
      if (!asking) {
        sendNext();
      }
    }

    private void settle(boolean told) {
      looks = 0;
      tellings.remove().told().complete(told);
    }

    private void giveUp() {
      if (patience != null) {
        forgotten += tellings.size();
      }
      end();
      tellings.forEach(telling -> telling.told().complete(false));
    }

    private void cancelLook() {
      if (look != null) {
        look.cancel();
        look = null;
      }
    }
  }
}
