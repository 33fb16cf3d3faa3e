package com.napalmsky.loadtest.scenario;

import com.napalmsky.loadtest.measure.Latency;
import com.napalmsky.loadtest.net.Answer;
import com.napalmsky.loadtest.options.Option;
import com.napalmsky.loadtest.people.Crowd;
import com.napalmsky.loadtest.people.Person;
import com.napalmsky.loadtest.time.Clock;
import com.napalmsky.loadtest.time.Pacer;
import com.napalmsky.loadtest.time.Schedule;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** The queue is asked for at a rate, or as fast as some connections can. */
final class Poll implements Scenario {

  @Override
  public String name() {
    return "poll";
  }

  @Override
  public String purpose() {
    return "GET /room/queue at a rate (0: as fast as the connections can), built and by ETag";
  }

  @Override
  public Map<Option, String> options() {
    return Map.of(
        Option.SECONDS, "15",
        Option.WARMUP_SECONDS, "5",
        Option.RATE, "0",
        Option.CONNECTIONS, "8",
        Option.ETAG, "both");
  }

  @Override
  public void run(Run run) throws RunFailed {
    Crowd crowd = run.gatherAndLook(0);
    String etag = run.options().text(Option.ETAG);
    phase(run, crowd, false, "warm-up", run.options().count(Option.WARMUP_SECONDS));
    int seconds = run.options().count(Option.SECONDS);
    if (!etag.equals("on")) {
      phase(run, crowd, false, "built", seconds);
    }
    if (!etag.equals("off")) {
      phase(run, crowd, true, "by ETag", seconds);
    }
    run.sampleServer("after");
  }

  private static void phase(Run run, Crowd crowd, boolean tagged, String name, int seconds) {
    Requests requests =
        new Requests(
            run,
            crowd,
            tagged,
            run.report().latency("GET /room/queue, " + name),
            run.options().number(Option.RATE),
            run.options().count(Option.CONNECTIONS));
    CpuMeter cpu = run.meter();
    long start = Clock.nanos();
    boolean inTime = run.await(requests::progress, requests.start(seconds), seconds + 35.0);
    while (requests.pending() > 0 && Clock.millisSince(start) < (seconds + 35.0) * 1e3) {
      run.rest("what is still under way", 0.1);
    }
    double lasted = Clock.millisSince(start) / 1e3;
    double answers = requests.answered.sum();
    run.report()
        .figure(name + ": answers", answers / lasted, "/s")
        .figure(name + ": server CPU", cpu.share() * 100, "%")
        .figure(name + ": server CPU per answer", cpu.seconds() * 1e3 / answers, "ms")
        .figure(name + ": bytes per answer", requests.bytes.sum() / answers, "B")
        .figure(name + ": without a body (304)", 100 * requests.unchanged.sum() / answers, "%");
    cpu.each(
        (pid, used) ->
            run.report()
                .figure(name + ": CPU per answer, process " + pid, used * 1e3 / answers, "ms"));
    if (!inTime) {
      run.report().note(name + ": not all requests were answered in time");
    }
  }

  /** One phase: whose turn it is goes round, since servers limit each account. */
  static final class Requests {

    private final Crowd crowd;
    private final boolean tagged;
    private final Latency latency;
    private final double rate;
    private final int connections;
    private final Run run;
    private final LongAdder pending = new LongAdder();
    final LongAdder answered = new LongAdder();
    final LongAdder unchanged = new LongAdder();
    final LongAdder bytes = new LongAdder();

    Requests(Run run, Crowd crowd, boolean tagged, Latency latency, double rate, int connections) {
      this.run = run;
      this.crowd = crowd;
      this.tagged = tagged;
      this.latency = latency;
      this.rate = rate;
      this.connections = connections;
    }

    Future<Void> start(int seconds) {
      int loops = run.network().loops().size();
      long start = Clock.nanos();
      return crowd.onEachLoop(
          loop -> {
            List<Person> mine = crowd.on(loop).stream().filter(Person::inLobby).toList();
            if (mine.isEmpty()) {
              return Future.succeededFuture();
            }
            int[] turn = {0};
            if (rate > 0) {
              return Pacer.run(
                  loop.executor(),
                  Schedule.lasting(start, rate / loops, seconds),
                  intended -> {
                    var unused = ask(mine, turn, intended);
                  });
            }
            long end = start + seconds * 1_000_000_000L;
            Promise<Void> over = Promise.promise();
            int[] open = {Math.max(1, connections / loops)};
            int chains = open[0];
            for (int i = 0; i < chains; i++) {
              loop.executor().execute(() -> next(loop.executor(), mine, turn, end, open, over));
            }
            return over.future();
          });
    }

    private void next(
        EventLoop loop, List<Person> mine, int[] turn, long end, int[] open, Promise<Void> over) {
      long now = Clock.nanos();
      if (now >= end) {
        if (--open[0] == 0) {
          over.complete();
        }
        return;
      }
      var unused =
          ask(mine, turn, now)
              .onComplete(done -> loop.execute(() -> next(loop, mine, turn, end, open, over)));
    }

    private Future<Answer> ask(List<Person> mine, int[] turn, long intended) {
      Person person = mine.get(turn[0]++ % mine.size());
      pending.increment();
      return person
          .request(tagged)
          .onComplete(done -> pending.decrement())
          .onComplete(
              answer -> {
                if (answer.status() != 200 && answer.status() != 304) {
                  run.report().failures().add("poll", answer.refused("GET /room/queue"));
                  return;
                }
                latency.record(intended, Clock.nanos());
                answered.increment();
                bytes.add(answer.body().length);
                if (answer.status() == 304) {
                  unchanged.increment();
                }
              },
              cause -> run.report().failures().add("poll", cause));
    }

    long pending() {
      return pending.sum();
    }

    String progress() {
      return String.format(
          "%s: %,d answers  p99 %.1f ms", latency.name(), answered.sum(), latency.lately().p99());
    }
  }
}
