package com.napalmsky.user.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.user.TestPostgres;
import com.napalmsky.user.UserStage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** PostgreSQL behind a relay that can be cut, silenced and mended. */
class OutageTest {

  private final Vertx vertx = Vertx.vertx();
  private final NetClient client = vertx.createNetClient();
  private final Queue<NetSocket> sockets = new ConcurrentLinkedQueue<>();
  private NetServer relay;
  private Database database;

  @BeforeEach
  void aDatabaseBehindARelay() {
    relay = listen(0);
    database = open(relay.actualPort(), 5);
    assertThat(number(1)).isEqualTo(1);
  }

  @AfterEach
  void close() {
    UserStage.await(vertx.close());
  }

  private NetServer listen(int port) {
    return UserStage.await(
        vertx
            .createNetServer(new NetServerOptions().setHost("127.0.0.1").setPort(port))
            .connectHandler(this::relay)
            .listen());
  }

  private void relay(NetSocket in) {
    in.pause();
    sockets.add(in);
    client
        .connect(TestPostgres.port(), "127.0.0.1")
        .onComplete(
            out -> {
              sockets.add(out);
              in.handler(out::write).closeHandler(closed -> out.close());
              out.handler(in::write).closeHandler(closed -> in.close());
              in.resume();
            },
            failed -> in.close());
  }

  private void cut() {
    UserStage.await(relay.close());
    drop();
  }

  private void drop() {
    for (NetSocket socket = sockets.poll(); socket != null; socket = sockets.poll()) {
      socket.close();
    }
  }

  private Database open(int port, int poolMax) {
    return Database.open(
        vertx,
        new DatabaseConfig(
            DatabaseUrl.parse(TestPostgres.url(port, "postgres")),
            poolMax,
            10,
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2)));
  }

  private int number(int number) {
    return UserStage.await(database.read(connection -> select(connection, number)));
  }

  private static Future<Integer> select(SqlConnection connection, int number) {
    return connection
        .query("SELECT " + number)
        .execute()
        .map(rows -> rows.iterator().next().getInteger(0));
  }

  private static void isUnavailable(Throwable failure) {
    assertThat(failure)
        .isInstanceOfSatisfying(
            ServiceFailure.class,
            refused -> assertThat(refused.code()).isEqualTo(ServiceFailure.Code.UNAVAILABLE));
  }

  @Test
  void duringAnOutageEverythingIsUnavailableAndAfterItThePoolWorksAgain() {
    int port = relay.actualPort();
    cut();

    assertThatThrownBy(() -> number(2)).satisfies(OutageTest::isUnavailable);
    assertThatThrownBy(
            () -> UserStage.await(database.transaction(connection -> select(connection, 2))))
        .satisfies(OutageTest::isUnavailable);
    assertThatThrownBy(() -> UserStage.await(database.probe()))
        .satisfies(OutageTest::isUnavailable);

    relay = listen(port);
    assertThat(number(3)).isEqualTo(3);
    UserStage.await(database.probe());
  }

  @Test
  void aSilentDatabaseIsUnavailableWithinTheLimit() {
    sockets.forEach(NetSocket::pause);
    long asked = System.nanoTime();

    assertThatThrownBy(() -> number(2)).satisfies(OutageTest::isUnavailable);

    assertThat(Duration.ofNanos(System.nanoTime() - asked))
        .isBetween(Duration.ofMillis(900), Duration.ofSeconds(10));
  }

  @Test
  void aConnectionThatBrokeUnnoticedIsReplacedForWhatMayBeRepeated() {
    AtomicInteger attempts = new AtomicInteger();

    int answer =
        UserStage.await(
            database.repeatableTransaction(
                connection -> {
                  if (attempts.incrementAndGet() == 1) {
                    drop();
                  }
                  return select(connection, 7);
                }));

    assertThat(answer).isEqualTo(7);
    assertThat(attempts).hasValue(2);
  }

  @Test
  void whatMayNotBeRepeatedIsTriedOnce() {
    AtomicInteger attempts = new AtomicInteger();

    assertThatThrownBy(
            () ->
                UserStage.await(
                    database.transaction(
                        connection -> {
                          attempts.incrementAndGet();
                          drop();
                          return select(connection, 7);
                        })))
        .satisfies(OutageTest::isUnavailable);

    assertThat(attempts).hasValue(1);
  }

  @Test
  void aStatementThatTakesTooLongIsEndedByTheServer() {
    Database slow = open(relay.actualPort(), 1);

    assertThatThrownBy(
            () ->
                UserStage.await(
                    slow.transaction(
                        connection -> connection.query("SELECT pg_sleep(20)").execute())))
        .satisfies(OutageTest::isUnavailable);

    // The only connection is free again.
    int answer = UserStage.await(slow.read(connection -> select(connection, 1)));
    assertThat(answer).isEqualTo(1);
  }

  @Test
  void moreThanMayWaitAreRefusedAsOverloaded() {
    Database narrow = open(relay.actualPort(), 1);

    List<Future<?>> asked =
        IntStream.range(0, 50)
            .<Future<?>>mapToObj(
                i ->
                    narrow
                        .read(connection -> connection.query("SELECT pg_sleep(0.02)").execute())
                        .otherwiseEmpty())
            .toList();
    List<Future<Integer>> more =
        IntStream.range(0, 50)
            .mapToObj(i -> narrow.read(connection -> select(connection, i)))
            .toList();
    UserStage.await(Future.join(asked));
    UserStage.await(Future.join(more).otherwiseEmpty());

    assertThat(more)
        .filteredOn(Future::failed)
        .isNotEmpty()
        .allSatisfy(
            refused ->
                assertThat(((ServiceFailure) refused.cause()).code())
                    .isEqualTo(ServiceFailure.Code.OVERLOADED));
  }
}
