package com.napalmsky.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

  private static final String PEER = "192.0.2.1";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // hops | header | address
        "0|203.0.113.9|192.0.2.1",
        "1|203.0.113.9|203.0.113.9",
        "1|6.6.6.6, 203.0.113.9|203.0.113.9",
        "1|6.6.6.6,7.7.7.7,203.0.113.9|203.0.113.9",
        "2|6.6.6.6, 203.0.113.9, 198.51.100.1|203.0.113.9",
        "2|203.0.113.9|192.0.2.1",
        "1|not an address|192.0.2.1",
        "1|6.6.6.6, |192.0.2.1",
        "1|6.6.6.6, unknown|192.0.2.1",
        "1|203.0.113.9:4711|203.0.113.9",
        "1|[2001:db8::9]:4711|2001:db8::9",
        "1|2001:DB8:0:0:0:0:0:9|2001:db8::9",
        "1|::ffff:203.0.113.9|203.0.113.9",
        "1|fe80::1%eth0|fe80::1",
        "1|203.0.113.9; drop table|192.0.2.1",
      })
  void onlyTheOutermostTrustedProxyIsBelieved(int hops, String header, String address) {
    assertThat(new ClientAddress(hops).of(PEER, List.of(header))).isEqualTo(address);
  }

  @Test
  void severalHeadersAreOneList() {
    assertThat(new ClientAddress(2).of(PEER, List.of("6.6.6.6", "203.0.113.9", "198.51.100.1")))
        .isEqualTo("203.0.113.9");
  }

  @Test
  void withoutTheHeaderThePeerIsTheClient() {
    assertThat(new ClientAddress(1).of(PEER, List.of())).isEqualTo(PEER);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void whateverAClientPutsBeforeChangesNothing(int hops) {
    String ours = "203.0.113.9, 198.51.100.1, 198.51.100.2";
    String expected = new ClientAddress(hops).of(PEER, List.of(ours));

    for (String forged : List.of("6.6.6.6", "6.6.6.6, 7.7.7.7", ",,,", "\"", "x".repeat(5000))) {
      assertThat(new ClientAddress(hops).of(PEER, List.of(forged + ", " + ours)))
          .isEqualTo(expected);
      assertThat(new ClientAddress(hops).of(PEER, List.of(forged, ours))).isEqualTo(expected);
    }
  }

  @Test
  void allAddressesOfAnIpv6HostCountAsOne() {
    assertThat(ClientAddress.limitKey("2001:db8:1:2:3:4:5:6"))
        .isEqualTo(ClientAddress.limitKey("2001:db8:1:2:ffff::1"))
        .isNotEqualTo(ClientAddress.limitKey("2001:db8:1:3::1"));
    assertThat(ClientAddress.limitKey("203.0.113.9")).isEqualTo("203.0.113.9");
  }
}
