package com.napalmsky.shared.runtime.memory;

import com.napalmsky.shared.runtime.meter.ResidentSet;
import io.netty.util.internal.PlatformDependent;
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
 * of them count: then it is the kernel that decides. Safe from any thread.
 */
final class MemoryReading implements Supplier<MemoryShares> {

  private static final double NEARLY_KILLED = 0.95;

  private final long budget;
  private final List<MemoryPoolMXBean> heap =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .toList();

  MemoryReading(MemoryBudget budget) {
    this.budget = budget.bytes();
  }

  @Override
  public MemoryShares get() {
    long live = 0;
    for (MemoryPoolMXBean pool : heap) {
      MemoryUsage left = pool.getCollectionUsage();
      live += left == null ? 0 : left.getUsed();
    }
    long committed = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
    long resident = ResidentSet.bytes();
    // A heap is committed before it is touched.
    long needed = Math.max(live, resident - (committed - live));
    double all = (double) resident / budget;
    return new MemoryShares(
        (double) live / Runtime.getRuntime().maxMemory(),
        direct(),
        all >= NEARLY_KILLED ? all : (double) needed / budget);
  }

  private static double direct() {
    // Below zero where Netty leaves the counting to the JVM.
    long used = Math.max(0, PlatformDependent.usedDirectMemory());
    return (double) used / PlatformDependent.maxDirectMemory();
  }
}
