package com.napalmsky.signaling.ice;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.contract.signaling.SignalingContract.GetIceServers;
import com.napalmsky.shared.contract.signaling.SignalingContract.GetIceStatus;
import com.napalmsky.shared.contract.signaling.SignalingContract.IceServer;
import com.napalmsky.shared.contract.signaling.SignalingContract.IceServers;
import com.napalmsky.shared.contract.signaling.SignalingContract.IceStatus;
import com.napalmsky.shared.runtime.ManualTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProviderChainTest {

  private static final IceServer STUN_A = new IceServer(List.of("stun:a.test:1"), null, null);
  private static final IceServer STUN_B = new IceServer(List.of("stun:b.test:2"), null, null);

  /** A provider that does as it is told, and remembers who asked. */
  private static final class Stub implements TurnProvider {
    private final String name;
    private final List<UUID> asked = new ArrayList<>();
    private Future<List<IceServer>> answer;

    Stub(String name) {
      this.name = name;
      answer = Future.succeededFuture(List.of(relay()));
    }

    IceServer relay() {
      return new IceServer(List.of("turn:" + name + ".test"), "user", "hidden");
    }

    void fails() {
      answer = Future.failedFuture("status 500");
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Future<List<IceServer>> relaysFor(UUID userId) {
      asked.add(userId);
      return answer;
    }
  }

  private final ManualTimers timers = new ManualTimers();
  private final Stub first = new Stub("cloudflare");
  private final Stub second = new Stub("twilio");
  private final UUID anna = new UUID(1, 1);

  private ProviderChain chain(String... settings) {
    return new ProviderChain(IceConfigs.with(settings), timers, List.of(first, second), null);
  }

  private static IceServers find(ProviderChain chain, UUID user) {
    return chain.find(new GetIceServers(user)).result();
  }

  private static IceStatus status(ProviderChain chain) {
    return chain.status(new GetIceStatus()).result();
  }

  @Test
  void stunServersComeFirstAndThenThoseOfTheFirstProvider() {
    IceServers found = find(chain(), anna);

    assertThat(found.servers()).containsExactly(STUN_A, STUN_B, first.relay());
    assertThat(found.provider()).isEqualTo("cloudflare");
    assertThat(found.warning()).isNull();
    assertThat(found.expiresAt()).isEqualTo(timers.now().plus(Duration.ofHours(1)));
    assertThat(second.asked).isEmpty();
  }

  @Test
  void aFailureFallsThroughInOrder() {
    first.fails();
    ProviderChain chain = chain();

    assertThat(find(chain, anna).provider()).isEqualTo("twilio");
    second.fails();
    IceServers last = find(chain, new UUID(1, 2));

    assertThat(last.servers()).containsExactly(STUN_A, STUN_B);
    assertThat(last.provider()).isEqualTo("fallback");
    assertThat(last.warning()).contains("TURN");
  }

  @Test
  void withoutAnyProviderThereAreStunServersAndAWarning() {
    ProviderChain none = new ProviderChain(IceConfigs.with(), timers, List.of(), null);

    IceServers found = find(none, anna);

    assertThat(found.servers()).containsExactly(STUN_A, STUN_B);
    assertThat(found.provider()).isEqualTo("fallback");
    assertThat(found.warning()).contains("No TURN server is configured");
    assertThat(status(none)).isEqualTo(new IceStatus(false, false, false));
  }

  @Test
  void aProviderThatFailedRestsAndIsThenAskedAgain() {
    first.fails();
    ProviderChain chain = chain("SIGNALING_TURN_REST_SECONDS", "30");
    for (int user = 0; user < 100; user++) {
      assertThat(find(chain, new UUID(2, user)).provider()).isEqualTo("twilio");
    }
    assertThat(first.asked).hasSize(1);
    assertThat(status(chain)).isEqualTo(new IceStatus(false, false, true));

    timers.advance(Duration.ofSeconds(30).minusMillis(1));
    assertThat(find(chain, anna).provider()).isEqualTo("twilio");
    timers.advance(Duration.ofMillis(1));
    first.answer = Future.succeededFuture(List.of(first.relay()));

    assertThat(find(chain, new UUID(3, 3)).provider()).isEqualTo("cloudflare");
    assertThat(status(chain)).isEqualTo(new IceStatus(false, true, true));
  }

  @Test
  void failuresAreCounted() {
    first.fails();
    second.fails();
    ProviderChain chain = chain();

    for (int user = 0; user < 5; user++) {
      assertThat(find(chain, new UUID(2, user)).provider()).isEqualTo("fallback");
      timers.advance(Duration.ofSeconds(30));
    }

    assertThat(chain.details())
        .containsEntry("turnFailures.cloudflare", "5")
        .containsEntry("turnFailures.twilio", "5")
        .containsEntry("turnProvider.cloudflare", "asked")
        .containsEntry("turnKept", "0")
        .containsEntry("turnKeptMax", "20000");
  }

  @Test
  void whatWasGivenIsGivenAgainForAWhileAndStillLastsForACall() {
    ProviderChain chain = chain();
    IceServers given = find(chain, anna);

    timers.advance(Duration.ofMinutes(10).minusMillis(1));
    IceServers again = find(chain, anna);

    assertThat(again).isEqualTo(given);
    assertThat(first.asked).containsExactly(anna);
    assertThat(again.expiresAt()).isAfter(timers.now().plus(Duration.ofMinutes(32)));

    timers.advance(Duration.ofMillis(1));
    assertThat(find(chain, anna).expiresAt()).isAfter(given.expiresAt());
    assertThat(first.asked).hasSize(2);
  }

  @Test
  void eachUserHasHisOwnAndNoMoreAreKeptThanAllowed() {
    ProviderChain chain = chain("SIGNALING_TURN_KEPT_MAX", "10");

    for (int user = 0; user < 100; user++) {
      var unused = find(chain, new UUID(2, user));
    }

    assertThat(first.asked).hasSize(100).doesNotHaveDuplicates();
    assertThat(Long.parseLong(chain.details().get("turnKept"))).isLessThanOrEqualTo(10);
  }

  @Test
  void nothingIsKeptOfAFallback() {
    first.fails();
    second.fails();
    ProviderChain chain = chain();
    assertThat(find(chain, anna).provider()).isEqualTo("fallback");

    timers.advance(Duration.ofSeconds(30));
    first.answer = Future.succeededFuture(List.of(first.relay()));

    assertThat(find(chain, anna).provider()).isEqualTo("cloudflare");
  }

  @Test
  void aProviderThatTooManyAskIsPassedOverAndDoesNotRest() {
    Promise<List<IceServer>> slow = Promise.promise();
    first.answer = slow.future();
    ProviderChain chain = chain("SIGNALING_TURN_REQUESTS_MAX", "2");
    List<Future<IceServers>> waiting =
        List.of(
            chain.find(new GetIceServers(new UUID(2, 1))),
            chain.find(new GetIceServers(new UUID(2, 2))));

    IceServers third = find(chain, anna);
    slow.complete(List.of(first.relay()));

    assertThat(third.provider()).isEqualTo("twilio");
    assertThat(waiting)
        .allSatisfy(one -> assertThat(one.result().provider()).isEqualTo("cloudflare"));
    assertThat(status(chain).cloudflare()).isTrue();
    assertThat(chain.details()).containsEntry("turnFailures.cloudflare", "0");
  }

  @Test
  void noTextShowsACredential() {
    assertThat(find(chain(), anna).toString()).doesNotContain("hidden");
  }

  @Test
  void ourOwnServersComeBeforeCloudflareAndThatBeforeTwilio() {
    Vertx vertx = Vertx.vertx();
    try {
      ProviderChain all =
          ProviderChain.on(
              vertx,
              IceConfigs.with(
                  "TURN_URLS", "turn:own.test",
                  "TURN_SECRET", "s",
                  "CLOUDFLARE_TURN_KEY", "k",
                  "CLOUDFLARE_API_TOKEN", "t",
                  "TWILIO_ACCOUNT_SID", "a",
                  "TWILIO_AUTH_TOKEN", "t"));

      assertThat(all.details().keySet())
          .filteredOn(key -> key.startsWith("turnProvider."))
          .containsExactly("turnProvider.coturn", "turnProvider.cloudflare", "turnProvider.twilio");
      assertThat(find(all, anna).provider()).isEqualTo("coturn");
      assertThat(status(all)).isEqualTo(new IceStatus(true, true, true));
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }
}
