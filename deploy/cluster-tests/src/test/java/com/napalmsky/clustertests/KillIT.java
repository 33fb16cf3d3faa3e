package com.napalmsky.clustertests;

import com.napalmsky.cluster.Hosts;
import com.napalmsky.cluster.Kind;
import com.napalmsky.cluster.Layout;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code kill -9} of real processes. */
@Tag("heavy")
class KillIT extends KillScenarios {

  static final Layout TWO_OF_EACH =
      new Layout(
          Map.of(
              Kind.USER,
              2,
              Kind.PRESENCE,
              2,
              Kind.MATCHMAKING,
              2,
              Kind.SIGNALING,
              2,
              Kind.GATEWAY,
              2));

  @RegisterExtension
  static final Stage STAGE = new Stage(29_000, TWO_OF_EACH, Map.of(), Hosts.LOCAL);

  @Override
  Stage stage() {
    return STAGE;
  }
}
