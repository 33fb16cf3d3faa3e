package com.napalmsky.shared.runtime.cluster;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.spi.properties.ClusterProperty;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * How Hazelcast is set up: membership and the bus's registrations, nothing else. Everything is
 * written here, so that no file on the class path and no default of another release decides.
 */
final class Membership {

  /** A silent member is given up after so long; a killed one at once, by its closed connections. */
  static final int SILENT_SECONDS = 5;

  /** Losing so many members at the same time loses no registration. */
  private static final int BACKUPS = 2;

  private static final int PARTITIONS = 31;

  private Membership() {}

  /**
   * The configuration of one process.
   *
   * @param carriesData whether it keeps a share of the registrations; a gateway does not, so that
   *     gateways may come and go without data being moved
   */
  static Config of(ClusterConfig cluster, boolean carriesData) {
    Config config = new Config();
    config.setClusterName(nameOf(cluster));
    config.setLiteMember(!carriesData);
    network(config.getAdvancedNetworkConfig(), cluster);
    // What Vert.x keeps. Without these names the bus stays silent between processes.
    config.addMultiMapConfig(
        new MultiMapConfig("__vertx.subs")
            .setBackupCount(BACKUPS)
            .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET));
    config.addMapConfig(new MapConfig("__vertx.haInfo").setBackupCount(BACKUPS));
    config.addMapConfig(new MapConfig("__vertx.nodeInfo").setBackupCount(BACKUPS));
    config.getMetricsConfig().setEnabled(false);
    config.getJetConfig().setEnabled(false);
    set(config, ClusterProperty.LOGGING_TYPE.getName(), "slf4j");
    set(config, ClusterProperty.PHONE_HOME_ENABLED.getName(), "false");
    // Our own stop signal decides when this process leaves.
    set(config, ClusterProperty.SHUTDOWNHOOK_ENABLED.getName(), "false");
    set(config, ClusterProperty.GRACEFUL_SHUTDOWN_MAX_WAIT.getName(), "10");
    set(config, ClusterProperty.HEARTBEAT_INTERVAL_SECONDS.getName(), "1");
    set(config, ClusterProperty.MAX_NO_HEARTBEAT_SECONDS.getName(), "" + SILENT_SECONDS);
    set(config, ClusterProperty.WAIT_SECONDS_BEFORE_JOIN.getName(), "0");
    set(config, ClusterProperty.MERGE_FIRST_RUN_DELAY_SECONDS.getName(), "15");
    set(config, ClusterProperty.MERGE_NEXT_RUN_DELAY_SECONDS.getName(), "10");
    set(config, ClusterProperty.PARTITION_COUNT.getName(), "" + PARTITIONS);
    set(config, ClusterProperty.PARTITION_OPERATION_THREAD_COUNT.getName(), "2");
    set(config, ClusterProperty.GENERIC_OPERATION_THREAD_COUNT.getName(), "2");
    set(config, ClusterProperty.IO_THREAD_COUNT.getName(), "1");
    set(config, ClusterProperty.EVENT_THREAD_COUNT.getName(), "1");
    set(config, ClusterProperty.HEALTH_MONITORING_LEVEL.getName(), "OFF");
    set(config, ClusterProperty.SOCKET_BIND_ANY.getName(), "false");
    return config;
  }

  /**
   * One port for members and nothing else. The plain network configuration would listen for
   * Hazelcast's own clients on it, too, and its handshake spins: as long as a member that took the
   * connection does not answer (it stands still), the one thread that writes runs in a circle, no
   * heartbeat leaves the process, and healthy ones are taken for dead (hazelcast#26473, 5.3 to
   * 5.6). The handshake of a port for members waits instead.
   */
  private static void network(AdvancedNetworkConfig network, ClusterConfig cluster) {
    ServerSocketEndpointConfig members =
        new ServerSocketEndpointConfig()
            .setPort(cluster.port())
            .setPortAutoIncrement(false)
            .setPublicAddress(cluster.host() + ":" + cluster.port());
    members.getInterfaces().setEnabled(true).addInterface(cluster.host());
    network.setEnabled(true).setMemberEndpointConfig(members);
    JoinConfig join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    if (cluster.dns() == null) {
      join.getTcpIpConfig()
          .setEnabled(true)
          .setConnectionTimeoutSeconds(2)
          .setMembers(cluster.memberAddresses());
    } else {
      join.getKubernetesConfig()
          .setEnabled(true)
          .setProperty("service-dns", cluster.dns())
          .setProperty("service-port", "" + cluster.port())
          .setProperty("service-dns-timeout", "5");
    }
  }

  /**
   * What members compare before they let one in. The password goes into it as a digest: it never
   * leaves the process.
   */
  private static String nameOf(ClusterConfig cluster) {
    if (cluster.password() == null) {
      return cluster.name();
    }
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(cluster.name().getBytes(StandardCharsets.UTF_8));
      sha.update((byte) 0);
      byte[] digest = sha.digest(cluster.password().getBytes(StandardCharsets.UTF_8));
      return cluster.name() + "-" + HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void set(Config config, String property, String value) {
    config.setProperty(property, value);
  }
}
