package com.napalmsky.signaling.call;

import com.napalmsky.shared.contract.user.UserContract.CallMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What was said in a call, and how fast it may be said. */
final class ChatLog {

  /** A bucket that holds one second's worth of lines. */
  private static final class Bucket {
    private double lines;
    private Instant filledAt;

    Bucket(int lines, Instant now) {
      this.lines = lines;
      filledAt = now;
    }

    boolean take(int perSecond, Instant now) {
      double gained = Duration.between(filledAt, now).toMillis() * perSecond / 1000.0;
      lines = Math.min(perSecond, lines + gained);
      filledAt = now;
      if (lines < 1) {
        return false;
      }
      lines--;
      return true;
    }
  }

  private final int most;
  private final int perSecond;
  private final Bucket initiator;
  private final Bucket other;
  private final ChatSpace space;
  private final List<CallMessage> messages = new ArrayList<>(0);

  /**
   * @param space of all calls of the instance
   */
  ChatLog(CallBounds bounds, ChatSpace space, Instant now) {
    this.space = space;
    most = bounds.chat();
    perSecond = bounds.chatPerSecond();
    initiator = new Bucket(perSecond, now);
    other = new Bucket(perSecond, now);
  }

  /** Adds what a member says, unless it was said too fast or there is no space for it. */
  boolean add(Side side, CallMessage message, Instant now) {
    Bucket bucket = side == Side.INITIATOR ? initiator : other;
    if (messages.size() >= most || !bucket.take(perSecond, now) || !space.take(message)) {
      return false;
    }
    messages.add(message);
    return true;
  }

  /** What an earlier owner of the call has logged. */
  void addAll(List<CallMessage> logged) {
    logged.forEach(space::adopt);
    messages.addAll(logged);
  }

  int size() {
    return messages.size();
  }

  /** Lets go of everything; nothing may be said any more. */
  void clear() {
    messages.forEach(space::giveBack);
    messages.clear();
  }

  List<CallMessage> messages() {
    return List.copyOf(messages);
  }
}
