package com.napalmsky.shared.runtime.memory;

/**
 * How much is in use of each memory that can run out, 1 for all of it.
 *
 * @param heap what survives a collection, of the largest heap there may be
 * @param direct buffers outside the heap, of the most there may be
 * @param process what the process could not do without, of its budget
 */
record MemoryShares(double heap, double direct, double process) {

  /** The share of the memory that is nearest to its end. */
  double most() {
    return Math.max(heap, Math.max(direct, process));
  }
}
