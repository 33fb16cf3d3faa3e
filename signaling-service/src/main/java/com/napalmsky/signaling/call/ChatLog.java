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
  private final List<CallMessage> messages = new ArrayList<>(0);

  ChatLog(CallBounds bounds, Instant now) {
    most = bounds.chat();
    perSecond = bounds.chatPerSecond();
    initiator = new Bucket(perSecond, now);
    other = new Bucket(perSecond, now);
  }

  /** Whether this member may say one thing more now; counts it if so. */
  boolean admits(Side side, Instant now) {
    Bucket bucket = side == Side.INITIATOR ? initiator : other;
    return messages.size() < most && bucket.take(perSecond, now);
  }

  /** What an earlier owner of the call has logged. */
  void addAll(List<CallMessage> logged) {
    messages.addAll(logged);
  }

  int size() {
    return messages.size();
  }

  void add(CallMessage message) {
    messages.add(message);
  }

  List<CallMessage> messages() {
    return List.copyOf(messages);
  }
}
