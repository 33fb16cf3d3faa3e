package com.napalmsky.gateway;

import com.napalmsky.shared.runtime.Settings;
import java.time.Duration;

/**
 * How a gateway process goes while others take over its clients.
 *
 * @param notice from saying that it is not ready to refusing new sockets: as long as a balancer
 *     takes to notice
 * @param over then, from the first to the last socket that is let go
 */
public record DrainConfig(Duration notice, Duration over) {

  static final String NOTICE = "GATEWAY_DRAIN_NOTICE_SECONDS";
  static final String OVER = "GATEWAY_DRAIN_SECONDS";

  static DrainConfig from(Settings settings) {
    return new DrainConfig(settings.seconds(NOTICE, 3, 0, 120), settings.seconds(OVER, 20, 0, 600));
  }

  Duration total() {
    return notice.plus(over);
  }
}
