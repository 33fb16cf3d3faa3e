package com.napalmsky.images;

import com.napalmsky.gateway.GatewayConfig;
import com.napalmsky.matchmaking.MatchmakingConfig;
import com.napalmsky.presence.PresenceConfig;
import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.shared.runtime.cluster.ClusterConfig;
import com.napalmsky.shared.runtime.log.LogConfig;
import com.napalmsky.shared.runtime.process.ManagementConfig;
import com.napalmsky.shared.runtime.redis.RedisConfig;
import com.napalmsky.shared.runtime.tail.TailConfig;
import com.napalmsky.shared.runtime.trace.Tracing;
import com.napalmsky.signaling.SignalingConfig;
import com.napalmsky.user.UserConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which variables a service reads, as its own code tells. */
final class KnownSettings {

  /** By module, what reads its settings. */
  private static final Map<String, Consumer<Settings>> READERS =
      Map.of(
          "gateway", settings -> use(GatewayConfig.from(settings)),
          "presence-service", settings -> use(PresenceConfig.from(settings)),
          "matchmaking-service", settings -> use(MatchmakingConfig.from(settings)),
          "signaling-service", settings -> use(SignalingConfig.from(settings)),
          "user-service", settings -> use(UserConfig.from(settings)));

  private static final Map<String, String> LEAST =
      Map.of(
          "CLUSTER", "true",
          "CLUSTER_MEMBERS", "127.0.0.1",
          "REDIS_URL", "redis://127.0.0.1",
          "DATABASE_URL", "postgres://sky:x@127.0.0.1/sky");

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)");

  private KnownSettings() {}

  /** All modules that have an image. */
  static Set<String> modules() {
    return READERS.keySet();
  }

  /** The variables of a module, those of every process and those of the image's start script. */
  static Set<String> of(String module) throws IOException {
    Settings settings = new Settings(LEAST);
    READERS.get(module).accept(settings);
    use(ClusterConfig.from(settings));
    use(RedisConfig.from(settings));
    use(ManagementConfig.from(settings, 1));
    use(TailConfig.from(settings));
    use(LogConfig.from(settings));
    Set<String> known = new TreeSet<>(settings.known());
    Matcher start = VARIABLE.matcher(Files.readString(Path.of("start")));
    while (start.find()) {
      known.add(start.group(1));
    }
    known.addAll(Tracing.KEYS);
    return known;
  }

  /** Reads a whole environment as the service does at its start; fails where it would. */
  static void check(String module, Map<String, String> environment) {
    Map<String, String> complete = new HashMap<>(environment);
    complete.putIfAbsent("CLUSTER_HOST", "127.0.0.1");
    if (complete.containsKey("USER_MEDIA_HOST")) {
      complete.putIfAbsent("USER_MEDIA_ADVERTISED_HOST", "127.0.0.1");
    }
    Settings settings = new Settings(complete);
    READERS.get(module).accept(settings);
    use(ClusterConfig.from(settings));
    use(RedisConfig.from(settings));
    use(ManagementConfig.from(settings, 1));
    use(TailConfig.from(settings));
    use(LogConfig.from(settings));
  }

  private static void use(Object config) {
    if (config == null) {
      throw new IllegalStateException("REDIS_URL is not set");
    }
  }
}
