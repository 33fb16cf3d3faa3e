package com.napalmsky.cluster.bus;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.cluster.bus.SampleContract.Sample;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleTest {

  @ParameterizedTest
  @ValueSource(ints = {11, 200, 4_096})
  void aSampleIsAsLongOnTheWireAsItSays(int bytes) {
    String text = Sample.of(bytes).text();

    assertThat(new JsonObject().put("text", text).toBuffer().length()).isEqualTo(bytes);
  }
}
