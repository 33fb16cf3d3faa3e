package com.napalmsky.loadtest.net;

import java.util.concurrent.atomic.LongAdder;

/** What came in on sockets. */
public final class Traffic {

  private final LongAdder wireBytes = new LongAdder();
  private final LongAdder textBytes = new LongAdder();
  private final LongAdder messages = new LongAdder();
  private final LongAdder compressed = new LongAdder();
  private final LongAdder contexts = new LongAdder();
  private final LongAdder inflaters = new LongAdder();

  void frame(int bytesOnWire) {
    wireBytes.add(bytesOnWire);
  }

  void message(int bytes, boolean wasCompressed) {
    textBytes.add(bytes);
    messages.increment();
    if (wasCompressed) {
      compressed.increment();
    }
  }

  void keepsContext() {
    contexts.increment();
  }

  void firstCompressed() {
    inflaters.increment();
  }

  /** So far. */
  public Totals totals() {
    return new Totals(
        wireBytes.sum(),
        textBytes.sum(),
        messages.sum(),
        compressed.sum(),
        contexts.sum(),
        inflaters.sum());
  }

  /**
   * Sums.
   *
   * @param wireBytes of frames, with their headers
   * @param textBytes of messages, after decompression
   * @param compressed messages that came compressed
   * @param contexts connections on which the server keeps its compression context
   * @param inflaters connections on which a compressed message came
   */
  public record Totals(
      long wireBytes,
      long textBytes,
      long messages,
      long compressed,
      long contexts,
      long inflaters) {

    /** What was added since. */
    public Totals since(Totals earlier) {
      return new Totals(
          wireBytes - earlier.wireBytes,
          textBytes - earlier.textBytes,
          messages - earlier.messages,
          compressed - earlier.compressed,
          contexts - earlier.contexts,
          inflaters - earlier.inflaters);
    }
  }
}
