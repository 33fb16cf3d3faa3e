package com.napalmsky.gateway.engineio;

import com.napalmsky.shared.runtime.Settings;
import io.netty.buffer.ByteBuf;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Building the frame of a message that many sockets get: plain, and compressed once for all. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class FrameBenchmark {

  /** Length of the JSON text in characters: a change of one person, some changes, a whole view. */
  @Param({"200", "1100", "12000"})
  public int length = 200;

  private FrameWriter writer = new FrameWriter(EngineConfig.from(new Settings(Map.of())));
  private String text = "";

  /** Text that compresses as a view of the lobby does: names and ids differ, keys do not. */
  @Setup
  public void build() {
    StringBuilder people = new StringBuilder("2[\"queue:changes\",[");
    for (long person = 0; people.length() < length; person++) {
      people
          .append("{\"userId\":\"")
          .append(new java.util.UUID(person * 0x9E3779B97F4A7C15L, person * 0xC2B2AE3D27D4EB4FL))
          .append("\",\"available\":")
          .append(person % 3 != 0)
          .append("},");
    }
    text = people.substring(0, length);
  }

  @TearDown
  public void close() {
    writer.close();
  }

  @Benchmark
  public int plain() {
    return released(writer.text('4', text, false));
  }

  @Benchmark
  public int deflated() {
    return released(writer.text('4', text, true));
  }

  private static int released(ByteBuf frame) {
    int bytes = frame.readableBytes();
    frame.release();
    return bytes;
  }
}
