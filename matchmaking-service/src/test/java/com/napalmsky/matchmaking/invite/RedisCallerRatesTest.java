package com.napalmsky.matchmaking.invite;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.runtime.ManualTimers;
import com.napalmsky.shared.runtime.redis.RedisConfig;
import com.napalmsky.shared.runtime.redis.TestRedis;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisCallerRatesTest {

  private final LoopRedis redis = new LoopRedis();
  private final UUID ann = new UUID(1, 1);

  @AfterEach
  void end() {
    redis.close();
  }

  @Test
  void allInstancesCountTogether() {
    RedisConfig config = TestRedis.shared().config();
    CallerRates one = rates(config, 10);
    CallerRates two = rates(config, 10);

    // Ten in a minute come back one by one; a test that is stopped for six seconds gets one more.
    assertThat(granted(one, 6) + granted(two, 6)).isBetween(10L, 11L);
    assertThat(granted(one, 1, new UUID(1, 2))).isEqualTo(1);
  }

  @Test
  void whatIsGivenBackCanBeTakenByAnotherInstance() {
    RedisConfig config = TestRedis.shared().config();
    CallerRates one = rates(config, 1);
    CallerRates two = rates(config, 1);
    assertThat(granted(one, 1)).isEqualTo(1);

    one.giveBack(ann);

    assertThat(granted(two, 1)).isEqualTo(1);
  }

  @Test
  void aBucketIsNotKeptForLongerThanItTakesToFill() {
    RedisConfig config = TestRedis.shared().config();
    assertThat(granted(rates(config, 10), 1)).isEqualTo(1);

    String left =
        TestRedis.shared().command("PTTL " + config.keys("rates").each(ann.toString(), "bucket"));

    assertThat(Long.parseLong(left.substring(1))).isBetween(1L, 60_000L);
  }

  @Test
  void whileRedisIsAwayOrDeafEachInstanceCountsForItself() {
    try (TestRedis server = TestRedis.start()) {
      CallerRates rates = rates(server.config().withTimeLimit(Duration.ofSeconds(1)), 10);
      assertThat(granted(rates, 1)).isEqualTo(1);

      server.pause();
      assertThat(granted(rates, 20)).isEqualTo(10);
      server.resume();
      server.stop();

      assertThat(granted(rates, 20, new UUID(1, 3))).isEqualTo(10);
    }
  }

  private CallerRates rates(RedisConfig config, int perMinute) {
    CallerRates here = new LocalCallerRates(new ManualTimers(), perMinute, 100);
    return redis.adapter(
        CallerRates.class,
        config.hurried(Duration.ofMillis(500)),
        RedisCallerRates.SCRIPTS,
        client -> new RedisCallerRates(client, config.keys("rates"), perMinute, here));
  }

  private long granted(CallerRates rates, int attempts) {
    return granted(rates, attempts, ann);
  }

  private static long granted(CallerRates rates, int attempts, UUID caller) {
    return IntStream.range(0, attempts).filter(at -> LoopRedis.await(rates.take(caller))).count();
  }
}
