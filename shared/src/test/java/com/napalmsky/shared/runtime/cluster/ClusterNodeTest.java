package com.napalmsky.shared.runtime.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.bus.Endpoint;
import com.napalmsky.shared.bus.NodeContract;
import com.napalmsky.shared.bus.NodeContract.Echo;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.bus.Topic;
import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.runtime.MainThread;
import com.napalmsky.shared.runtime.cluster.ClusterConfig.Tls;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several processes' worth of nodes in one JVM, on the loopback address. */
class ClusterNodeTest {

  record Ask(String text) {}

  record Answer(String text) {}

  private static final Endpoint<Ask, Answer> ECHO =
      Endpoint.of("test.v1.echo", Ask.class, Answer.class);
  private static final Topic<Ask> NEWS = new Topic<>("test.v1.news", Ask.class);
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final List<ClusterNode> joined = new ArrayList<>();

  @AfterEach
  void everybodyLeaves() {
    // Those who carry data go last: without them the others could not say that they leave.
    for (int i = joined.size() - 1; i >= 0; i--) {
      joined.get(i).leave();
    }
  }

  @CanIgnoreReturnValue
  private ClusterNode join(ClusterConfig config, boolean carriesData) throws Exception {
    ClusterNode node = ClusterNode.join(config, carriesData, new VertxOptions(), () -> {});
    joined.add(node);
    return node;
  }

  private static ClusterConfig config(int port, int first, String password, Tls tls, int seconds) {
    return new ClusterConfig(
        "test-" + first,
        "127.0.0.1",
        port,
        0,
        List.of("127.0.0.1:" + first),
        null,
        password,
        tls,
        Duration.ofSeconds(seconds),
        Duration.ofSeconds(15));
  }

  @CanIgnoreReturnValue
  private static <T> T await(Future<T> future) throws Exception {
    return MainThread.await(future, LIMIT);
  }

  @Test
  void requestsAndNewsCrossProcessesAndOneThatLeavesIsNotAskedAnyMore() throws Exception {
    int first = freePort();
    ClusterNode one = join(config(first, first, null, null, 30), true);
    ClusterNode two = join(config(freePort(), first, null, null, 30), true);
    ClusterNode lite = join(config(freePort(), first, null, null, 30), false);
    Set<String> answerers = new ConcurrentSkipListSet<>();
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    for (ClusterNode node : List.of(one, two)) {
      TypedBus bus = new TypedBus(node.vertx());
      await(bus.serve(ECHO, ask -> Future.succeededFuture(new Answer(node.name()))));
      await(bus.subscribe(NEWS, news -> heard.add(news.text())));
    }
    TypedBus bus = new TypedBus(lite.vertx());

    awaitBoth(bus, answerers);
    bus.publish(NEWS, new Ask("rain"));

    assertThat(answerers).containsExactlyInAnyOrder(one.name(), two.name());
    assertThat(heard.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo("rain");
    assertThat(heard.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo("rain");

    // A node's own address answers by asking back over the bus.
    await(bus.request(NodeContract.ECHO.at(one.name()), new Echo(lite.name())));

    two.leave();
    joined.remove(two);
    for (int i = 0; i < 10; i++) {
      assertThat(await(bus.request(ECHO, new Ask("who"))).text()).isEqualTo(one.name());
    }
    assertThatThrownBy(() -> await(bus.request(NodeContract.ECHO.at(two.name()), new Echo(null))))
        .isInstanceOf(ServiceFailure.class);
  }

  @Test
  void whoStaysIsToldWhoLeft() throws Exception {
    int first = freePort();
    ClusterNode one = join(config(first, first, null, null, 30), true);
    ClusterNode two = join(config(freePort(), first, null, null, 30), true);
    BlockingQueue<String> left = new LinkedBlockingQueue<>();
    Departures departures = Departures.watch(one.vertx(), left::add);
    String name = ProcessName.of(two.vertx());

    two.leave();
    joined.remove(two);

    assertThat(left.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(name);
    assertThat(name).hasSize(8).isNotEqualTo(ProcessName.of(one.vertx()));
    departures.stop();
  }

  /** Registrations reach other nodes a moment after they are made. */
  private static void awaitBoth(TypedBus bus, Set<String> answerers) throws Exception {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (answerers.size() < 2 && System.nanoTime() < deadline) {
      answerers.add(await(bus.request(ECHO, new Ask("who"))).text());
    }
  }

  @Test
  void whoHasAnotherPasswordIsNotLetInAndSaysSo() throws Exception {
    int first = freePort();
    ClusterNode one = join(config(first, first, "correct horse battery", null, 30), true);

    ClusterConfig wrong = config(freePort(), first, "incorrect horse", null, 5);
    assertThatThrownBy(() -> join(wrong, true))
        .isInstanceOf(CannotJoin.class)
        .hasMessageContaining("CLUSTER_PASSWORD");
    assertThat(one.hears()).isTrue();
  }

  @Test
  void whoCarriesNoDataWaitsForSomebodyWhoDoes() throws Exception {
    int first = freePort();

    assertThatThrownBy(() -> join(config(freePort(), first, null, null, 5), false))
        .isInstanceOf(CannotJoin.class)
        .hasMessageContaining("127.0.0.1:" + first);
  }

  @Test
  void anEncryptedBusTakesOnlyPeersOfItsAuthority() throws Exception {
    int first = freePort();
    Tls ours = selfSigned();
    ClusterNode one = join(config(first, first, null, ours, 30), true);
    ClusterNode two = join(config(freePort(), first, null, ours, 30), true);
    ClusterNode stranger = join(config(freePort(), first, null, selfSigned(), 30), true);
    await(
        new TypedBus(one.vertx())
            .serve(ECHO, ask -> Future.succeededFuture(new Answer("hello " + ask.text()))));

    assertThat(await(new TypedBus(two.vertx()).request(ECHO, new Ask("Ada"))).text())
        .isEqualTo("hello Ada");
    assertThatThrownBy(() -> await(new TypedBus(stranger.vertx()).request(ECHO, new Ask("Eve"))))
        .isInstanceOf(ServiceFailure.class);
  }

  private static Tls selfSigned() {
    PemKeyCertOptions pem = SelfSignedCertificate.create("127.0.0.1").keyCertOptions();
    Path cert = Path.of(pem.getCertPath());
    return new Tls(cert, Path.of(pem.getKeyPath()), cert);
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }
}
