package com.napalmsky.shared.contract.gateway;

import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.presence.PresenceContract.Changed;
import com.napalmsky.shared.contract.presence.PresenceContract.Location;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.runtime.Timers;
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
 * each at most once. They are forgotten when he goes OFFLINE, and after {@link #PATIENCE}. Bounded
 * by users and by {@link #MOST_EVENTS} for each of them.
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
    Line line = lines.get(userId);
    if (line == null && lines.size() >= mostUsers) {
      delivery.toPrimary(userId, event).onComplete(told -> {}, cause -> notTold(event, cause));
      return;
    }
    if (line == null) {
      line = new Line(userId);
      lines.put(userId, line);
    }
    line.add(event);
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

  /** The events of one user, of which the first is being sent or waits. */
  private final class Line {
    private final UUID userId;
    private final Queue<ClientEvent> events = new ArrayDeque<>(2);

    /** Presence or a gateway is being asked. */
    private boolean asking;

    /** He came back while they were asked: their answer may be older. */
    private boolean backMeanwhile;

    /** What cannot be sent now is forgotten. */
    private boolean lastQuestion;

    private boolean over;
    private int looks;
    private Timers.@Nullable Cancellable patience;
    private Timers.@Nullable Cancellable look;

    Line(UUID userId) {
      this.userId = userId;
    }

    void add(ClientEvent event) {
      if (events.size() == MOST_EVENTS) {
        forgotten++;
        return;
      }
      events.add(event);
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
      if (events.isEmpty()) {
        end();
        return;
      }
      asking = true;
      backMeanwhile = false;
      delivery.locate(userId).onComplete(this::located, this::failed);
    }

    private void located(Location at) {
      if (over) {
        return;
      }
      SocketRef primary = at.primary();
      if (primary != null) {
        delivery.toSocket(primary, events.element()).onComplete(taken -> sent(taken), this::failed);
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
        events.remove();
        looks = 0;
        sendNext();
      } else if (looks++ == MOST_LOOKS) {
        giveUp();
      } else if (backMeanwhile) {
        sendNext();
      } else {
        hold();
        look = over ? null : timers.after(LOOK_AGAIN, this::sendNext);
      }
    }

    private void failed(Throwable cause) {
      if (over) {
        return;
      }
      // Perhaps it was sent, so it is not sent again.
      notTold(events.remove(), cause);
      sendNext();
    }

    private void hold() {
      asking = false;
      if (backMeanwhile) {
        sendNext();
      } else if (lastQuestion) {
        giveUp();
      } else if (patience == null) {
        patience = timers.after(PATIENCE, this::offline);
      }
    }

    private void giveUp() {
      if (patience != null) {
        forgotten += events.size();
      }
      end();
    }

    private void cancelLook() {
      if (look != null) {
        look.cancel();
        look = null;
      }
    }
  }
}
