package com.napalmsky.gateway.recovery;

import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last events of one session, numbered. An event goes when the client has proved that it has it
 * (by its answer to a later ping, or by the offset with which it comes back), and the oldest go
 * when there is no room. What went unproved is remembered by number: a client that needs it cannot
 * be given everything, so it is given nothing.
 *
 * <p>An offset names the session as well as the number, because a client keeps its last one when it
 * gets a new session. Belongs to one event loop at a time.
 */
public final class EventLog {

  /**
   * An event that the client may not have.
   *
   * @param payload the one argument as JSON text, or null for none
   * @param offset what the client says when this is the last event that it has
   */
  public record Kept(String event, @Nullable String payload, String offset) {}

  private record Entry(long number, String event, @Nullable String payload, int bytes) {}

  /** The record, its place in the queue, and the text's header. */
  private static final int ENTRY_BYTES = 96;

  private static final int TAG_LENGTH = 8;
  private static final int LONGEST_NUMBER = 18;
  private static final char DOT = '.';

  private final RecoveryConfig config;
  private final Budget budget;
  private final String tag;
  private final ArrayDeque<Entry> entries = new ArrayDeque<>(4);
  private int bytes;

  /** The number of the last event. */
  private long last;

  /** The number of the last event that is not kept any more. */
  private long gone;

  /** The last event before the ping whose answer is awaited. */
  private long pinged;

  /**
   * @param sid the session's Socket.IO id, random
   */
  EventLog(RecoveryConfig config, Budget budget, String sid) {
    this.config = config;
    this.budget = budget;
    this.tag = sid.substring(0, Math.min(TAG_LENGTH, sid.length()));
  }

  /**
   * Keeps an event that is about to be sent.
   *
   * @return the offset to send with it
   */
  public String add(String event, @Nullable String payload) {
    last++;
    int size = ENTRY_BYTES + bytesOf(payload);
    while (!entries.isEmpty()
        && (entries.size() == config.events() || bytes + size > config.bytes())) {
      dropThrough(entries.element().number());
    }
    if (size <= config.bytes() && budget.take(size)) {
      entries.add(new Entry(last, event, payload, size));
      bytes += size;
    } else {
      dropThrough(last);
    }
    return offset(last);
  }

  /** The client is about to be pinged, and no earlier ping is unanswered. */
  public void pinged() {
    pinged = last;
  }

  /** The client answered a ping, which it got after everything sent before that. */
  public void answered() {
    dropThrough(pinged);
  }

  /**
   * The client is back, on another transport.
   *
   * @param offset of the last event it has; null when it has none
   * @return what it missed, in order; null when that is not known, or not kept any more
   */
  public @Nullable List<Kept> resume(@Nullable String offset) {
    long has = offset == null ? 0 : number(offset);
    if (has < gone || has > last) {
      return null;
    }
    dropThrough(has);
    pinged = has;
    return entries.stream()
        .map(entry -> new Kept(entry.event(), entry.payload(), offset(entry.number())))
        .toList();
  }

  /** How many events are kept. */
  public int size() {
    return entries.size();
  }

  /** Gives back what it holds. */
  void clear() {
    dropThrough(last);
  }

  private String offset(long number) {
    return tag + DOT + number;
  }

  /** The number in an offset: 0 when it is of an earlier session, -1 when it is none of ours. */
  private long number(String offset) {
    int dot = offset.indexOf(DOT);
    int digits = offset.length() - dot - 1;
    if (dot != tag.length() || digits < 1 || digits > LONGEST_NUMBER) {
      return -1;
    }
    long number = 0;
    for (int i = dot + 1; i < offset.length(); i++) {
      int digit = offset.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = 10 * number + digit;
    }
    return offset.startsWith(tag) ? number : 0;
  }

  private void dropThrough(long number) {
    while (!entries.isEmpty() && entries.element().number() <= number) {
      int freed = entries.remove().bytes();
      bytes -= freed;
      budget.giveBack(freed);
    }
    gone = Math.max(gone, number);
  }

  private static int bytesOf(@Nullable String text) {
    if (text == null) {
      return 0;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xff) {
        return 2 * text.length();
      }
    }
    return text.length();
  }
}
