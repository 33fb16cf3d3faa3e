package com.napalmsky.gateway.engineio;

import com.napalmsky.shared.contract.gateway.CloseReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts what the protocol does, for all event loops together. Safe from any thread. */
public final class EngineMeter {

  private final LongAdder webSockets = new LongAdder();
  private final LongAdder pollings = new LongAdder();
  private final LongAdder upgrades = new LongAdder();
  private final LongAdder bytesBefore = new LongAdder();
  private final LongAdder bytesAfter = new LongAdder();
  private final AtomicLong unfinished = new AtomicLong();
  private final LongAdder unfinishedRefused = new LongAdder();
  private final Map<EngineError, LongAdder> refused = new EnumMap<>(EngineError.class);
  private final Map<CloseReason, LongAdder> closed = new EnumMap<>(CloseReason.class);

  public EngineMeter() {
    for (EngineError error : EngineError.values()) {
      refused.put(error, new LongAdder());
    }
    for (CloseReason reason : CloseReason.values()) {
      closed.put(reason, new LongAdder());
    }
  }

  /** Sessions that are open now and use a WebSocket. */
  public long openWebSockets() {
    return webSockets.sum();
  }

  /** Sessions that are open now and use long-polling. */
  public long openPollings() {
    return pollings.sum();
  }

  /** Sessions that changed from long-polling to a WebSocket. */
  public long upgrades() {
    return upgrades.sum();
  }

  /** Requests refused for this reason. */
  public long refused(EngineError error) {
    return count(refused, error).sum();
  }

  /** Sessions closed for this reason. */
  public long closed(CloseReason reason) {
    return count(closed, reason).sum();
  }

  /** Bytes of messages to clients before compression. */
  public long bytesBeforeCompression() {
    return bytesBefore.sum();
  }

  /** Bytes of messages to clients as sent, frame headers included. */
  public long bytesSent() {
    return bytesAfter.sum();
  }

  /** Bytes of messages that have not come whole. */
  public long unfinishedBytes() {
    return unfinished.get();
  }

  /** Clients that were sent away because too many bytes of that kind were there already. */
  public long unfinishedRefused() {
    return unfinishedRefused.sum();
  }

  /** Counts more or fewer of them; returns how many there are now. */
  long unfinished(int more) {
    return unfinished.addAndGet(more);
  }

  void noRoom() {
    unfinishedRefused.increment();
  }

  void opened(boolean webSocket) {
    (webSocket ? webSockets : pollings).increment();
  }

  void upgraded() {
    pollings.decrement();
    webSockets.increment();
    upgrades.increment();
  }

  void ended(boolean webSocket, CloseReason reason) {
    (webSocket ? webSockets : pollings).decrement();
    count(closed, reason).increment();
  }

  void refusal(EngineError error) {
    count(refused, error).increment();
  }

  void sent(int before, int after) {
    bytesBefore.add(before);
    bytesAfter.add(after);
  }

  private static <E extends Enum<E>> LongAdder count(Map<E, LongAdder> counts, E key) {
    LongAdder count = counts.get(key);
    if (count == null) {
      throw new IllegalStateException("no counter for " + key);
    }
    return count;
  }
}
