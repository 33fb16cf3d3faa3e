package com.napalmsky.shared.runtime.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.ProtocolType;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What Hazelcast does with the configuration that it is given. */
class MembershipTest {

  private static final int IN_A_ROW = 20;
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @Test
  void thePortIsForMembersOnly() throws Exception {
    Config config = Membership.of(config(freePort(), freePort()), true);

    assertThat(config.getAdvancedNetworkConfig().isEnabled()).isTrue();
    assertThat(config.getAdvancedNetworkConfig().getEndpointConfigs().values())
        .extracting(endpoint -> endpoint.getProtocolType())
        .containsExactly(ProtocolType.MEMBER);
  }

  /**
   * A process that stands still: the kernel takes its connections, nobody reads them. The handshake
   * with it must wait, or no heartbeat gets out to the others.
   */
  @Test
  void whoeverNeverAnswersTheHandshakeDoesNotKeepTheOnlyWritingThreadBusy() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Config config = Membership.of(config(freePort(), mute.getLocalPort()), true);
      config.setInstanceName("mute-" + mute.getLocalPort());
      CompletableFuture<HazelcastInstance> joining =
          CompletableFuture.supplyAsync(() -> Hazelcast.newHazelcastInstance(config));
      Socket connected = mute.accept();
      assertThat(new String(connected.getInputStream().readNBytes(3), StandardCharsets.US_ASCII))
          .isEqualTo("HZC");

      boolean waits = waitsForWork("hz." + config.getInstanceName() + ".IO.thread-out");

      mute.close();
      connected.close();
      joining.get(LIMIT.toSeconds() * 3, TimeUnit.SECONDS).shutdown();
      assertThat(waits).as("the writing thread waits for work").isTrue();
    }
  }

  /** Whether the thread is seen waiting many times in a row before the limit. */
  private static boolean waitsForWork(String name) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    int seen = 0;
    while (seen < IN_A_ROW && System.nanoTime() < deadline) {
      seen = isSelecting(name) ? seen + 1 : 0;
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return seen == IN_A_ROW;
  }

  private static boolean isSelecting(String name) {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getName().startsWith(name))
        .anyMatch(
            thread ->
                Arrays.stream(thread.getValue())
                    .anyMatch(frame -> frame.getMethodName().equals("select")));
  }

  private static int freePort() throws Exception {
    try (ServerSocket any = new ServerSocket(0)) {
      return any.getLocalPort();
    }
  }

  private static ClusterConfig config(int port, int other) {
    return new ClusterConfig(
        "test-" + port,
        "127.0.0.1",
        port,
        0,
        List.of("127.0.0.1:" + other),
        null,
        null,
        null,
        Duration.ofSeconds(10),
        Duration.ofSeconds(15));
  }
}
