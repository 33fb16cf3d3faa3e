package com.napalmsky.gateway.socketio;

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
import org.openjdk.jmh.annotations.Warmup;

/** Reading and writing Socket.IO packets as text. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PacketBenchmark {

  /** What comes: a heartbeat of the lobby, a candidate, an offer with its description. */
  @Param({"ping", "candidate", "offer"})
  public String packet = "ping";

  private String text = "";
  private String payload = "";

  @Setup
  public void build() {
    String room = "\"roomId\":\"6f1c2a9e-5a2b-4a54-8a39-6f9c2f7f0d11\"";
    payload =
        switch (packet) {
          case "candidate" ->
              "{"
                  + room
                  + ",\"candidate\":{\"candidate\":\"candidate:842163049 1 udp 1677729535"
                  + " 203.0.113.7 46154 typ srflx raddr 10.0.0.17 rport 46154 generation 0\","
                  + "\"sdpMid\":\"0\",\"sdpMLineIndex\":0}}";
          case "offer" ->
              "{"
                  + room
                  + ",\"offer\":{\"type\":\"offer\",\"sdp\":\""
                  + "a=line\\r\\n".repeat(400)
                  + "\"}}";
          default -> "{}";
        };
    String event =
        switch (packet) {
          case "candidate" -> "rtc:ice";
          case "offer" -> "rtc:offer";
          default -> "heartbeat";
        };
    text = PacketCodec.event(Packet.MAIN, event, payload);
  }

  @Benchmark
  public Object decode(WireLimits limits) throws MalformedPacket {
    return limits.codec.decode(text);
  }

  @Benchmark
  public String encode() {
    return PacketCodec.event(Packet.MAIN, "rtc:ice", payload);
  }

  /** The codec with the limits that a gateway has by default. */
  @State(Scope.Benchmark)
  public static class WireLimits {
    final PacketCodec codec = new PacketCodec(new BoundedJson(32, 1_000_000));
  }
}
