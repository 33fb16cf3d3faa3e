package com.napalmsky.signaling.call;

import com.napalmsky.shared.contract.user.UserContract.CallMessage;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the chats of all calls of an instance take together. Each of them is bounded; thousands of
 * them that are full would be gigabytes all the same.
 *
 * <p>Used on the context of its instance; {@link #taken} and {@link #refused} are safe from any
 * thread.
 */
final class ChatSpace {

  /** What a line takes besides its text, counted as characters. */
  private static final int OVERHEAD = 200;

  private final long most;
  private final AtomicLong taken = new AtomicLong();
  private final LongAdder refused = new LongAdder();

  ChatSpace(long most) {
    this.most = most;
  }

  /** Takes the space of a line, unless there is not enough left. */
  boolean take(CallMessage message) {
    int chars = chars(message);
    if (taken.get() + chars > most) {
      refused.increment();
      return false;
    }
    taken.addAndGet(chars);
    return true;
  }

  /** Takes the space of a line that was taken in elsewhere, whatever is left. */
  void adopt(CallMessage message) {
    taken.addAndGet(chars(message));
  }

  void giveBack(CallMessage message) {
    taken.addAndGet(-chars(message));
  }

  /** In characters. */
  long taken() {
    return taken.get();
  }

  /** Lines that were refused for want of space. */
  long refused() {
    return refused.sum();
  }

  private static int chars(CallMessage message) {
    int chars = OVERHEAD;
    String text = message.text();
    if (text != null) {
      chars += text.length();
    }
    Map<String, String> socials = message.socials();
    if (socials != null) {
      for (Map.Entry<String, String> social : socials.entrySet()) {
        chars += social.getKey().length() + social.getValue().length();
      }
    }
    return chars;
  }
}
