package com.napalmsky.signaling.call;

import static com.napalmsky.signaling.call.Snapshots.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.runtime.redis.RedisConfig;
import com.napalmsky.shared.runtime.redis.TestRedis;
import com.napalmsky.signaling.OnLoop;
import com.napalmsky.signaling.call.CallDirectory.Holder;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisCallDirectoryTest extends CallDirectorySuite {

  private final OnLoop loop = new OnLoop();
  private final RedisConfig config = TestRedis.shared().config();

  @Override
  CallDirectory directory(int most) {
    return loop.store(
        CallDirectory.class,
        config,
        CallDirectory.redisScripts(),
        client -> CallDirectory.inRedis(client, config.keys("calls"), most));
  }

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void whatOneInstanceWritesAnotherOneReads() {
    var mine = directory(10);
    var yours = directory(10);
    UUID room = UUID.randomUUID();
    var holder = got(mine.claim(Snapshots.of(room), "a", NOW));

    assertThat(got(yours.adopt(room, holder, "b")).call()).isEqualTo(Snapshots.of(room));
    assertThat(got(mine.save(Snapshots.of(room), holder, 1, NOW))).isFalse();
  }

  @Test
  void aTombstoneGoesWithItsTimeThoughNobodyRemovesIt() {
    var directory = directory(10);
    UUID old = UUID.randomUUID();
    var holder = new Holder("dead", 1);
    got(directory.bury(old, holder, Snapshots.tombstone(old), Duration.ofMillis(1)));

    for (int i = 0; i < 500 && got(directory.find(old, NOW)) != null; i++) {
      UUID another = UUID.randomUUID();
      got(directory.bury(another, holder, Snapshots.tombstone(another), Duration.ofMinutes(1)));
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }

    assertThat(got(directory.find(old, NOW))).isNull();
  }

  @Test
  void whatNobodyCanReadIsNotAdoptedAgainAndAgain() {
    var directory = directory(10);
    UUID room = UUID.randomUUID();
    got(directory.claim(Snapshots.of(room), "a", NOW));
    got(directory.hold("a", NOW, NOW.plusSeconds(1)));
    TestRedis.shared().command("HSET " + config.keys("calls").of("stories") + " " + room + " {");

    assertThat(got(directory.adoptLost("b", NOW.plusSeconds(2), NOW, 5))).isEmpty();

    assertThat(got(directory.running())).isZero();
  }
}
