package com.napalmsky.gateway.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.gateway.FuzzedGateway;
import com.napalmsky.gateway.fuzz.Wire.Answer;
import com.napalmsky.gateway.fuzz.Wire.Frame;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A client that behaves, and must not notice what others do. */
final class Witness implements AutoCloseable {

  private final Wire socket;
  private final Wire http;
  private int rounds;
  private long slowestNanos;

  private Witness(Wire socket, Wire http) {
    this.socket = socket;
    this.http = http;
  }

  static Witness connect(int port) throws IOException {
    Witness witness = new Witness(Wire.open(port, 1), Wire.open(port, 1));
    Wire.granted(witness.socket.upgrade("", true));
    witness.socket.text("40{\"token\":\"" + FuzzedGateway.WITNESS + "\"}");
    assertThat(witness.socket.textWith("42[\"auth:success\"")).isNotNull();
    return witness;
  }

  /** One event and its answer, one request and its answer. */
  void testify() throws IOException {
    long start = System.nanoTime();
    String answer = "43" + rounds + "[{\"ok\":true";
    socket.text("42" + rounds + "[\"presence:join\"]");
    for (String text = next(); !text.startsWith(answer); text = next()) {
      assertThat(text).as("the witness heard what is not for it").isEqualTo("2");
      socket.text("3");
    }
    http.send(
        "GET /user/me HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
            + FuzzedGateway.WITNESS
            + "\r\n\r\n");
    Answer me = http.answer(false);
    assertThat(me.status()).isEqualTo(200);
    slowestNanos = Math.max(slowestNanos, System.nanoTime() - start);
    rounds++;
  }

  private String next() throws IOException {
    Frame frame = socket.frame();
    assertThat(frame).as("the witness lost its connection").isNotNull();
    assertThat(frame.opcode()).isEqualTo(Frames.TEXT);
    return frame.text();
  }

  int rounds() {
    return rounds;
  }

  long slowestMillis() {
    return TimeUnit.NANOSECONDS.toMillis(slowestNanos);
  }

  @Override
  public void close() throws IOException {
    socket.finish();
    socket.close();
    http.close();
  }
}
