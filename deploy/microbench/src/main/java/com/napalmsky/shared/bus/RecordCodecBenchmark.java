package com.napalmsky.shared.bus;

import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.presence.PresenceContract.Changed;
import com.napalmsky.shared.contract.presence.PresenceContract.StreamPosition;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.contract.user.Gender;
import com.napalmsky.shared.contract.user.Person;
import io.vertx.core.buffer.Buffer;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The typed bus between two processes: a change of presence, there and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RecordCodecBenchmark {

  private final RecordCodec codec = new RecordCodec();
  private Record message = new SocketRef("gateway-0", 1);
  private Buffer wire = Buffer.buffer();

  @Setup
  public void build() {
    UUID user = UUID.fromString("6f1c2a9e-5a2b-4a54-8a39-6f9c2f7f0d11");
    message =
        new Changed(
            new StreamPosition("3f9c1a", 123_456),
            user,
            PresenceState.ONLINE,
            PresenceState.AVAILABLE,
            new Person(
                user, "Someone", Gender.FEMALE, "/uploads/a1b2c3.jpg", "/uploads/d4e5f6.webm"),
            null);
    wire = Buffer.buffer();
    codec.encodeToWire(wire, message);
  }

  @Benchmark
  public Buffer encode() {
    Buffer target = Buffer.buffer(512);
    codec.encodeToWire(target, message);
    return target;
  }

  @Benchmark
  public Object decode() {
    return RecordCodec.read(codec.decodeFromWire(0, wire), Changed.class);
  }
}
