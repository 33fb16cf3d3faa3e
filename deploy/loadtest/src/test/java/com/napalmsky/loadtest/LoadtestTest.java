package com.napalmsky.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.loadtest.measure.Result;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole program against a small server in the same JVM. */
@Timeout(60)
class LoadtestTest {

  private final StandIn server = new StandIn();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  @TempDir private Path directory;

  @BeforeEach
  void start() throws Exception {
    var unused = server.start().toCompletionStage().toCompletableFuture().get();
  }

  @AfterEach
  void stop() throws Exception {
    var unused = server.stop().toCompletionStage().toCompletableFuture().get();
  }

  @Test
  void everybodyJoinsFromAnAddressOfItsOwn() throws Exception {
    Result result = run("connect", "--users", "30");

    assertThat(result.figures().get("joined").value()).isEqualTo(30);
    assertThat(result.latencies().get("join the lobby").count()).isEqualTo(30);
    assertThat(result.failures()).isEmpty();
    assertThat(server.forwardedFor).allMatch(address -> address.startsWith("10."));
    // One more asked for the health.
    assertThat(server.forwardedFor).hasSize(31);
  }

  @Test
  void severalUrlsAreUsedInTurn() throws Exception {
    String other = server.url().replace("127.0.0.1", "localhost");

    int code = main("connect", "--url", server.url() + "," + other, "--users", "10");

    assertThat(code).as(text(err)).isZero();
    assertThat(server.hosts)
        .containsExactlyInAnyOrder(
            server.url().replace("http://", ""), other.replace("http://", ""));
  }

  @Test
  void everyDeliveryOfAChangeIsSeen() throws Exception {
    Result result =
        run(
            "churn",
            "--users",
            "40",
            "--rate",
            "2",
            "--seconds",
            "2",
            "--warmup-seconds",
            "1",
            "--rest-seconds",
            "1",
            "--no-deflate",
            "--loops",
            "2");

    assertThat(result.figures().get("people who change").value()).isEqualTo(1);
    assertThat(result.figures().get("changes").value()).isEqualTo(4);
    assertThat(result.figures().get("deliveries").value()).isEqualTo(4 * 39);
    assertThat(result.figures().get("delivered of expected").value()).isEqualTo(100);
    // 39 of 40 hear of each change, in the same frame, and who changed gets an answer.
    assertThat(result.figures().get("bytes to clients, of that").value()).isBetween(90.0, 101.0);
    assertThat(result.latencies()).containsKeys("delivery of a leave", "delivery of a return");
  }

  @Test
  void thoseWhoReadAreTimedBeforeAndWhileOthersDoNot() throws Exception {
    Result result =
        run(
            "slow",
            "--users",
            "20",
            "--slow",
            "5",
            "--rate",
            "4",
            "--read-seconds",
            "1",
            "--seconds",
            "1",
            "--warmup-seconds",
            "0");

    assertThat(result.figures().get("people who watch").value()).isEqualTo(13);
    assertThat(result.figures().get("deliveries, all read").value()).isEqualTo(4 * 13);
    assertThat(result.figures().get("deliveries, some do not").value()).isEqualTo(4 * 13);
    assertThat(result.latencies()).containsKeys("delivery of a leave, some do not");
    assertThat(result.figures().get("of those who stopped, closed by the server").value()).isZero();
  }

  @Test
  void callsAreFollowedToTheirEnd() throws Exception {
    Result result =
        run("calls", "--users", "20", "--rate", "10", "--seconds", "1", "--warmup-seconds", "0");

    assertThat(result.failures()).isEmpty();
    assertThat(result.figures().get("calls completed").value()).isEqualTo(10);
    assertThat(result.latencies().get("candidate").count()).isEqualTo(80);
    assertThat(result.latencies().get("whole call, talk apart").count()).isEqualTo(10);
  }

  @Test
  void candidatesAreRelayedAtARate() throws Exception {
    Result result =
        run(
            "relay",
            "--users",
            "4",
            "--pairs",
            "2",
            "--rate",
            "50",
            "--seconds",
            "1",
            "--warmup-seconds",
            "0");

    assertThat(result.figures().get("pairs in a call").value()).isEqualTo(2);
    assertThat(result.latencies().get("rtc:ice").count()).isEqualTo(50);
    assertThat(result.figures().get("relayed of sent").value()).isEqualTo(100);
  }

  @Test
  void theQueueIsAskedForWithAndWithoutItsTag() throws Exception {
    Result result =
        run(
            "poll",
            "--users",
            "5",
            "--rate",
            "20",
            "--seconds",
            "1",
            "--warmup-seconds",
            "0",
            "--connections",
            "2");

    assertThat(result.figures().get("built: without a body (304)").value()).isEqualTo(0);
    assertThat(result.figures().get("by ETag: without a body (304)").value()).isEqualTo(100);
    assertThat(result.latencies().get("GET /room/queue, built").count()).isEqualTo(20);
  }

  @Test
  void whoIsRefusedInAStormComesBackWhenTold() throws Exception {
    server.refuse(20, 7);

    Result result = run("storm", "--users", "20");

    assertThat(result.figures().get("back in the lobby").value()).isEqualTo(20);
    assertThat(result.figures().get("refused with a hint when to retry").value()).isEqualTo(7);
    assertThat(result.failures()).containsEntry("reconnect: refused: full", 7L);
    assertThat(result.latencies().get("back in the lobby after").count()).isEqualTo(20);
  }

  @Test
  void peopleWhoAreRefusedAreCountedAndTheOthersGoOn() throws Exception {
    server.refuse(0, 3);

    Result result = run("connect", "--users", "10");

    assertThat(result.figures().get("joined").value()).isEqualTo(7);
    assertThat(result.failures()).containsEntry("join: refused: full", 3L);
  }

  @Test
  void moreAndMorePeopleComeUntilNobodyIsLetIn() throws Exception {
    server.refuse(25, 100);

    Result result = ramp("--users", "30", "--steps", "10", "--polls", "20");

    assertThat(result.figures().get("users held").value()).isEqualTo(20);
    assertThat(result.notes())
        .contains("the limit: 5 of 30 users did not get in, most of them: join: refused: full");
    assertThat(result.latencies()).containsKeys("delivery, 10 users", "delivery, 20 users");
    // The small server also tells those who looked at somebody earlier.
    assertThat(result.figures().get("20 users: delivered of expected").value())
        .isGreaterThanOrEqualTo(100);
    assertThat(result.figures().get("20 users: bytes per poll").value()).isPositive();
    assertThat(result.figures()).containsKeys("whole run: the same inflated");
  }

  @Test
  void aRampEndsWhereNewsTakesTooLong() throws Exception {
    Result result = ramp("--users", "10", "--steps", "10", "--limit-millis", "0");

    assertThat(result.figures().get("users held").value()).isZero();
    assertThat(result.notes()).anyMatch(note -> note.contains("with 10 users p99 of delivery was"));
    // Once may be chance.
    assertThat(result.latencies()).containsKey("delivery, 10 users, again");
  }

  private Result ramp(String... arguments) throws Exception {
    List<String> all =
        new ArrayList<>(List.of("ramp", "--rate", "5", "--seconds", "1", "--rest-seconds", "0"));
    all.addAll(List.of("--warmup-seconds", "0", "--warmup-rate", "5", "--limit-millis", "50000"));
    all.addAll(List.of(arguments));
    return run(all.toArray(String[]::new));
  }

  @Test
  void anEveningKeepsItsPeopleWhateverTheyDo() throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("evening", "--users", "40", "--seconds", "2", "--rate", "20"));
    arguments.addAll(List.of("--think-seconds", "0.1", "--talk-seconds", "1"));
    arguments.addAll(List.of("--poll-seconds", "1", "--visit-seconds", "10"));
    arguments.addAll(List.of("--loss-seconds", "10", "--away-seconds", "0.2"));

    Result result = run(arguments.toArray(String[]::new));

    assertThat(result.figures().get("people there at the end").value()).isEqualTo(40);
    // At most as many as were due: who has a call does not leave.
    assertThat(result.figures().get("people who left, and others came").value())
        .isBetween(1.0, 8.0);
    assertThat(result.figures().get("connections that came back").value()).isBetween(1.0, 8.0);
    assertThat(result.figures().get("people who gave up getting in").value()).isZero();
    assertThat(result.figures().get("calls completed").value()).isPositive();
    assertThat(result.figures().get("invites").value())
        .isEqualTo(
            result.figures().get("calls completed").value()
                + result.figures().get("calls failed").value()
                + result.figures().get("invites declined, taken back or not answered").value());
    assertThat(result.latencies()).containsKeys("poll GET /room/queue", "end until finalized");
  }

  @Test
  void aSoakNeedsToKnowWhatTheServerCounts() {
    int code =
        main("soak", "--url", server.url(), "--users", "2", "--metrics", server.url() + "/metrics");

    assertThat(code).isEqualTo(LoadtestMain.FAILED);
    assertThat(text(err)).contains("No metrics at").contains("answered 404");
  }

  @Test
  void aServerThatIsNotThereIsSaidClearly() throws Exception {
    String url = server.url();
    var unused = server.stop().toCompletionStage().toCompletableFuture().get();

    int code = main("connect", "--url", url);

    assertThat(code).isEqualTo(LoadtestMain.FAILED);
    assertThat(text(err)).contains("No answer from " + url).contains("nothing listens there");
    assertThat(text(out)).contains("generator: CPU");
  }

  @Test
  void aServerThatClosesEverybodyEndsTheRun() throws Exception {
    server.closeAfter(10);

    int code = main("idle", "--url", server.url(), "--users", "10", "--seconds", "50");

    assertThat(code).isEqualTo(LoadtestMain.FAILED);
    assertThat(text(out))
        .contains("connection lost: closed by the server")
        .contains("the server closed every connection before the end");
  }

  @Test
  void aWrongCommandLineIsExplained() {
    assertThat(main("dance")).isEqualTo(LoadtestMain.WRONG_USE);
    assertThat(main("idle", "--rate", "1")).isEqualTo(LoadtestMain.WRONG_USE);
    assertThat(main("idle", "--url", "ftp://x")).isEqualTo(LoadtestMain.WRONG_USE);

    assertThat(text(err))
        .contains("There is no scenario dance")
        .contains("churn")
        .contains("idle does not take --rate")
        .contains("--url must be like");
  }

  @Test
  void twoResultsAreShownSideBySide() throws Exception {
    Path first = directory.resolve("one.json");
    Path second = directory.resolve("two.json");
    assertThat(main("connect", "--url", server.url(), "--users", "2", "--json", first.toString()))
        .isZero();
    assertThat(main("connect", "--url", server.url(), "--users", "4", "--json", second.toString()))
        .isZero();

    assertThat(main("compare", first.toString(), second.toString())).isZero();

    assertThat(text(out)).containsPattern("joined +2 users +4 users +2\\.00");
  }

  private Result run(String... arguments) throws Exception {
    Path file = directory.resolve("result.json");
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--url", server.url(), "--json", file.toString()));
    int code = new LoadtestMain(print(out), print(err)).run(all);
    assertThat(code).as(text(err)).isZero();
    return Result.fromJson(new JsonObject(Files.readString(file)));
  }

  private int main(String... arguments) {
    return new LoadtestMain(print(out), print(err)).run(List.of(arguments));
  }

  private static PrintStream print(ByteArrayOutputStream stream) {
    return new PrintStream(stream, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
