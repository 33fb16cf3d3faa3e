package com.napalmsky.signaling.ice;

import com.napalmsky.shared.runtime.Settings;
import java.util.HashMap;
import java.util.Map;

/** Settings of tests; STUN servers that nobody has to reach. */
final class IceConfigs {

  private IceConfigs() {}

  static IceConfig with(String... settings) {
    Map<String, String> environment =
        new HashMap<>(Map.of("SIGNALING_STUN_URLS", "stun:a.test:1,stun:b.test:2"));
    for (int i = 0; i < settings.length; i += 2) {
      environment.put(settings[i], settings[i + 1]);
    }
    return IceConfig.from(new Settings(environment));
  }
}
