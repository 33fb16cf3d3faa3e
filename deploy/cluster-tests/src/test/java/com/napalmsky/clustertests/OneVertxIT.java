package com.napalmsky.clustertests;

import org.junit.jupiter.api.extension.RegisterExtension;

/** The same on one node without a cluster, where nothing can be killed by itself. */
class OneVertxIT extends CallScenarios {

  @RegisterExtension static final Stage STAGE = Stage.onOneVertx();

  @Override
  Stage stage() {
    return STAGE;
  }
}
