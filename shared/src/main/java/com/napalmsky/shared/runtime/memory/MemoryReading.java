package com.napalmsky.shared.runtime.memory;

import com.napalmsky.shared.runtime.meter.ResidentSet;
import io.netty.util.internal.PlatformDependent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.function.Supplier;

/**
 * Reads how much memory this process has in use.
 *
 * <p>Of the heap only what the last full collection left counts as in use: what was allocated since
 * may be garbage, and nothing but a collection can tell. A heap that really fills up is collected
 * again and again, so that the reading follows; one that is full of garbage is not refused
 * anything. Pages of the heap that are resident but free of live objects do not count against the
 * budget: they are used again before the process grows. When hardly any of the budget is left, all
 * of them count: then it is the kernel that decides.
 *
 * <p>A full collection that is {@linkplain Belief too long ago} makes nobody wait: it counts as
 * just below the level at which everybody is let in. Confined to who looks once a second.
 */
final class MemoryReading implements Supplier<MemoryShares> {

  /** Some of the rest is the kernel's, for sockets and for the program's own pages. */
  private static final double NEARLY_KILLED = 0.90;

  /**
   * Beyond it those inside still need buffers for what they have under way, and a JVM that has none
   * left has each event loop wait for a collection before it fails.
   */
  private static final double DIRECT_MOST = 2.0 / 3;

  private final long budget;
  private final Belief belief = new Belief();
  private final List<BufferPoolMXBean> buffers =
      ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class);
  private final List<MemoryPoolMXBean> heap =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .toList();

  /**
   * What was read, in bytes.
   *
   * @param live what the last collections left in the heap
   * @param liveMost what may live on in it
   * @param believed whether the last full collection is not too long ago
   * @param committed of the heap
   * @param resident of the whole process
   */
  record Read(
      long live, long liveMost, boolean believed, long committed, long resident, long budget) {

    double heap() {
      return bounded((double) live / liveMost);
    }

    double process() {
      double all = (double) resident / budget;
      if (all >= NEARLY_KILLED) {
        return all;
      }
      // A heap is committed before it is touched.
      double beside = (double) Math.max(0, resident - committed) / budget;
      double needed = (double) Math.max(live, resident - (committed - live)) / budget;
      return Math.max(beside, bounded(needed));
    }

    private double bounded(double share) {
      return believed ? share : Math.min(share, MemoryLevel.HARMLESS);
    }
  }

  MemoryReading(MemoryBudget budget) {
    this.budget = budget.bytes();
  }

  @Override
  public MemoryShares get() {
    long live = 0;
    long old = 0;
    for (MemoryPoolMXBean pool : heap) {
      MemoryUsage usage = pool.getCollectionUsage();
      long left = usage == null ? 0 : usage.getUsed();
      live += left;
      old += young(pool) ? 0 : left;
    }
    Read read =
        new Read(
            live,
            liveMost(),
            belief.in(old),
            ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted(),
            ResidentSet.bytes(),
            budget);
    return new MemoryShares(read.heap(), direct(), read.process());
  }

  private static boolean young(MemoryPoolMXBean pool) {
    return pool.getName().contains("Eden") || pool.getName().contains("Survivor");
  }

  /**
   * What may live on. Not all of the heap where generations have places of their own: of 256 MB
   * with 48 MB for the young, what lives on never comes to 90 %, and the heap would end before
   * that.
   */
  private long liveMost() {
    long all = Runtime.getRuntime().maxMemory();
    long young = 0;
    for (MemoryPoolMXBean pool : heap) {
      boolean eden = pool.getName().contains("Eden");
      // Collectors whose generations share the heap say no bound of their own.
      young += eden ? Math.max(0, pool.getUsage().getMax()) : 0;
    }
    return young < all ? all - young : all;
  }

  /**
   * Netty counts by itself only what it allocates past the JVM, and where it may; everything else
   * the JVM counts.
   */
  private double direct() {
    long used = PlatformDependent.usedDirectMemory();
    for (BufferPoolMXBean pool : buffers) {
      used = pool.getName().equals("direct") ? Math.max(used, pool.getMemoryUsed()) : used;
    }
    return Math.max(0, used / (DIRECT_MOST * PlatformDependent.maxDirectMemory()));
  }
}
