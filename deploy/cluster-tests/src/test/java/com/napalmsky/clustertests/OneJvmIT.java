package com.napalmsky.clustertests;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The same on several Vert.x nodes in one JVM; to kill one is to close its event loops. */
@Tag("heavy")
class OneJvmIT extends KillScenarios {

  @RegisterExtension static final Stage STAGE = Stage.inOneJvm(KillIT.TWO_OF_EACH);

  @Override
  Stage stage() {
    return STAGE;
  }
}
