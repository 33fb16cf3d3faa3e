package com.napalmsky.shared.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.runtime.BoundedPipe.Limit;
import com.napalmsky.shared.runtime.BoundedPipe.LimitReached;
import com.napalmsky.shared.runtime.BoundedPipe.Limits;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BoundedPipeTest {

  private final ManualTimers timers = new ManualTimers();
  private final Source source = new Source();
  private final Sink sink = new Sink();
  private final BoundedPipe pipe =
      new BoundedPipe(
          timers, new Limits(100, Duration.ofSeconds(10), Duration.ofSeconds(60)), source, sink);
  private final Future<Long> run = pipe.run();

  @Test
  void allBytesPassInOrder() {
    source.send("ab");
    source.send("cd");
    source.ended.handle(null);

    assertThat(run.result()).isEqualTo(4);
    assertThat(sink.got.toString()).isEqualTo("abcd");
    assertThat(sink.closed).as("the sink is its owner's").isFalse();
  }

  @Test
  void theSourceWaitsWhileTheSinkIsFull() {
    sink.full = true;
    source.send("ab");
    assertThat(source.paused).isTrue();

    sink.full = false;
    sink.drained.handle(null);

    assertThat(source.paused).isFalse();
    assertThat(run.isComplete()).isFalse();
  }

  @Test
  void moreThanTheLimitDoesNotPass() {
    source.send("x".repeat(100));
    source.send("y");

    assertThat(limit()).isEqualTo(Limit.TOO_LARGE);
    assertThat(sink.got.length()).isEqualTo(100);
    assertThat(source.paused).isTrue();
  }

  @Test
  void aSourceThatStandsStillIsGivenUp() {
    source.send("a");
    timers.advance(Duration.ofSeconds(9));
    source.send("b");
    timers.advance(Duration.ofSeconds(9));
    assertThat(run.isComplete()).isFalse();

    timers.advance(Duration.ofSeconds(1));

    assertThat(limit()).isEqualTo(Limit.SOURCE_TOO_SLOW);
  }

  @Test
  void aSinkThatTakesNothingIsGivenUpAndNamed() {
    sink.full = true;
    source.send("a");

    timers.advance(Duration.ofSeconds(10));

    assertThat(limit()).isEqualTo(Limit.SINK_TOO_SLOW);
  }

  @Test
  void aSourceThatTricklesForeverIsGivenUp() {
    for (int i = 0; i < 59; i++) {
      source.send("a");
      timers.advance(Duration.ofSeconds(1));
    }
    assertThat(run.isComplete()).isFalse();

    timers.advance(Duration.ofSeconds(1));

    assertThat(limit()).isEqualTo(Limit.SOURCE_TOO_SLOW);
  }

  @Test
  void theEndOfEitherStreamIsItsEnd() {
    source.failed.handle(new IOException("gone"));
    assertThat(run.cause()).hasMessage("gone");

    BoundedPipe second =
        new BoundedPipe(
            timers, new Limits(1, Duration.ofSeconds(1), Duration.ofSeconds(1)), source, sink);
    Future<Long> secondRun = second.run();
    sink.failed.handle(new IOException("full"));
    assertThat(secondRun.cause()).hasMessage("full");
  }

  @Test
  void whoStopsItSaysWhy() {
    source.send("a");

    pipe.stop(new IllegalStateException("enough"));
    source.send("b");
    source.ended.handle(null);

    assertThat(run.cause()).hasMessage("enough");
    assertThat(sink.got.toString()).isEqualTo("a");
    timers.advance(Duration.ofSeconds(100));
  }

  private Limit limit() {
    return ((LimitReached) run.cause()).limit();
  }

  private static final class Source implements ReadStream<Buffer> {
    Handler<Buffer> handler;
    Handler<Throwable> failed;
    Handler<Void> ended;
    boolean paused;

    void send(String text) {
      handler.handle(Buffer.buffer(text));
    }

    @Override
    public Source exceptionHandler(Handler<Throwable> handler) {
      failed = handler;
      return this;
    }

    @Override
    public Source handler(Handler<Buffer> handler) {
      this.handler = handler;
      return this;
    }

    @Override
    public Source endHandler(Handler<Void> handler) {
      ended = handler;
      return this;
    }

    @Override
    public Source pause() {
      paused = true;
      return this;
    }

    @Override
    public Source resume() {
      paused = false;
      return this;
    }

    @Override
    public Source fetch(long amount) {
      return resume();
    }
  }

  private static final class Sink implements WriteStream<Buffer> {
    final Buffer got = Buffer.buffer();
    Handler<Throwable> failed;
    Handler<Void> drained;
    boolean full;
    boolean closed;

    @Override
    public Sink exceptionHandler(Handler<Throwable> handler) {
      failed = handler;
      return this;
    }

    @Override
    public Future<Void> write(Buffer data) {
      got.appendBuffer(data);
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> end() {
      closed = true;
      return Future.succeededFuture();
    }

    @Override
    public Sink setWriteQueueMaxSize(int size) {
      return this;
    }

    @Override
    public boolean writeQueueFull() {
      return full;
    }

    @Override
    public Sink drainHandler(Handler<Void> handler) {
      drained = handler;
      return this;
    }
  }
}
