package com.napalmsky.gateway.ipban;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.contract.user.IpBanContract.IpBan;
import com.napalmsky.shared.runtime.ManualTimers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BannedAddressesTest {

  private final ManualTimers timers = new ManualTimers();
  private final BannedAddresses banned = new BannedAddresses(timers, 3);

  private IpBan ban(String network, Instant until) {
    return new IpBan(new UUID(1, 1), network, network, timers.now(), until, null, null);
  }

  private boolean replace(String... networks) {
    return banned.replace(Stream.of(networks).map(network -> ban(network, null)).toList());
  }

  private String reason(String address) {
    IpBan ban = banned.of(address);
    return ban == null ? null : ban.reason();
  }

  @Test
  void nobodyIsKeptOutAtFirst() {
    assertThat(banned.isEmpty()).isTrue();
    assertThat(banned.of("192.0.2.1")).isNull();
  }

  @Test
  void theSmallestNetworkIsTheOneThatIsTold() {
    assertThat(replace("192.0.2.0/24", "192.0.2.1", "2001:db8::/32")).isTrue();

    assertThat(reason("192.0.2.1")).isEqualTo("192.0.2.1");
    assertThat(reason("192.0.2.2")).isEqualTo("192.0.2.0/24");
    assertThat(reason("192.0.3.1")).isNull();
    assertThat(reason("2001:db8:5::1")).isEqualTo("2001:db8::/32");
    assertThat(reason("2001:db9::1")).isNull();
    assertThat(reason("not an address")).isNull();
    assertThat(banned.size()).isEqualTo(3);
  }

  @Test
  void aBanHoldsUntilItsEndAndThenTheWiderOneDoes() {
    assertThat(
            banned.replace(
                List.of(ban("192.0.2.1", timers.now().plusSeconds(10)), ban("192.0.2.0/24", null))))
        .isTrue();

    timers.advance(Duration.ofMillis(9_999));
    assertThat(reason("192.0.2.1")).isEqualTo("192.0.2.1");
    timers.advance(Duration.ofMillis(1));
    assertThat(reason("192.0.2.1")).isEqualTo("192.0.2.0/24");
  }

  @Test
  void aNetworkIsKeptOutAsAWholeOnlyByAWiderOne() {
    assertThat(replace("192.0.2.1", "10.0.0.0/9")).isTrue();

    assertThat(banned.of(IpNetwork.parse("192.0.2.0/24"))).isNull();
    assertThat(banned.of(IpNetwork.parse("10.3.0.0/16"))).isNotNull();
  }

  @Test
  void itIsSaidWhetherSomebodyIsKeptOutWhoWasNotBefore() {
    assertThat(replace("192.0.2.1", "192.0.2.2")).isTrue();
    assertThat(replace("192.0.2.1", "192.0.2.2")).isFalse();
    assertThat(replace("192.0.2.1")).isFalse();
    assertThat(replace("192.0.2.3")).isTrue();
    // The same network with another end: it may have run out meanwhile.
    assertThat(banned.replace(List.of(ban("192.0.2.3", timers.now().plusSeconds(1))))).isTrue();
    assertThat(replace()).isFalse();
    assertThat(banned.isEmpty()).isTrue();
  }

  @Test
  void whatCannotBeReadOrIsTooMuchIsLeftOut() {
    assertThat(replace("192.0.2.1", "somewhere", "192.0.2.2", "192.0.2.3")).isTrue();

    assertThat(banned.size()).isEqualTo(2);
    assertThat(reason("192.0.2.2")).isNotNull();
    assertThat(reason("192.0.2.3")).isNull();
  }
}
