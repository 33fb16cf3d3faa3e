package com.napalmsky.shared.runtime.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.runtime.memory.MemoryReading.Read;
import io.netty.util.internal.PlatformDependent;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class MemoryReadingTest {

  private static final int MOST_SECONDS = 60;

  @Test
  void aCollectionIsBelievedForAMinute() {
    Belief belief = new Belief();

    for (int second = 0; second < MOST_SECONDS; second++) {
      assertThat(belief.in(900)).isTrue();
    }
    assertThat(belief.in(900)).isFalse();
    assertThat(belief.in(900)).isFalse();
  }

  @Test
  void theNextCollectionIsBelievedAnew() {
    Belief belief = new Belief();
    for (int second = 0; second <= MOST_SECONDS; second++) {
      boolean unused = belief.in(900);
    }

    assertThat(belief.in(901)).isTrue();
  }

  @Test
  void aHeapThatWasFullTooLongAgoKeepsNobodyOut() {
    Read fresh = new Read(95, 100, true, 100, 110, 1_000);
    Read old = new Read(95, 100, false, 100, 110, 1_000);

    assertThat(MemoryLevel.AMPLE.next(fresh.heap())).isEqualTo(MemoryLevel.SHORT);
    assertThat(MemoryLevel.SHORT.next(old.heap())).isEqualTo(MemoryLevel.AMPLE);
  }

  @Test
  void whatWasNotFullStaysAsItWas() {
    assertThat(new Read(40, 100, false, 100, 110, 1_000).heap()).isEqualTo(0.4);
  }

  @Test
  void buffersOutsideTheHeapAreCountedWhoeverAllocatesThem() {
    MemoryReading reading = new MemoryReading(new MemoryBudget(1L << 40));
    ByteBuffer buffer = ByteBuffer.allocateDirect(8 << 20);

    assertThat(reading.get().direct() * PlatformDependent.maxDirectMemory())
        .isGreaterThanOrEqualTo(8 << 20);
    assertThat(buffer.capacity()).isEqualTo(8 << 20);
  }

  @Test
  void theProcessIsHeldToWhatIsCertainThen() {
    // 80 % with what lived in the heap then, 39 % without the heap.
    Read heapOfOld = new Read(410, 500, false, 500, 890, 1_000);
    // Buffers beside the heap are counted at each look.
    Read buffers = new Read(10, 500, false, 20, 920, 1_000);
    Read nearlyKilled = new Read(10, 500, false, 500, 960, 1_000);

    assertThat(MemoryLevel.SHORT.next(heapOfOld.process())).isEqualTo(MemoryLevel.AMPLE);
    assertThat(MemoryLevel.AMPLE.next(buffers.process())).isEqualTo(MemoryLevel.SHORT);
    assertThat(MemoryLevel.AMPLE.next(nearlyKilled.process())).isEqualTo(MemoryLevel.SHORT);
  }
}
