package com.napalmsky.gateway.ipban;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpNetworkTest {

  private static IpNetwork network(String text) {
    IpNetwork network = IpNetwork.parse(text);
    assertThat(network).as(text).isNotNull();
    return network;
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1,192.0.2.1",
    "192.0.2.1/32,192.0.2.1",
    "192.0.2.77/24,192.0.2.0/24",
    "10.255.255.255/9,10.128.0.0/9",
    "0.0.0.0/0,0.0.0.0/0",
    "2001:0DB8:0:0::1,2001:db8::1",
    "2001:db8::1/128,2001:db8::1",
    "2001:db8:ffff:ffff:ffff::/33,2001:db8:8000::/33",
    "2001:db8:1:2:3:4:5:6/64,2001:db8:1:2::/64",
    "2001:db8::8:0:0:1/65,2001:db8::/65",
    "::/0,::/0",
    "::ffff:192.0.2.1,192.0.2.1",
    "::ffff:c000:0201,192.0.2.1",
    "::ffff:192.0.2.77/120,192.0.2.0/24",
  })
  void anAddressOrANetworkIsWrittenInItsShortestForm(String text, String shortest) {
    assertThat(network(text)).hasToString(shortest);
    assertThat(network(shortest)).isEqualTo(network(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/24",
        "192.0.2",
        "192.0.2.256",
        "192.0.2.1/",
        "192.0.2.1/33",
        "192.0.2.1/-1",
        "192.0.2.1/08",
        "192.0.2.1/24/24",
        "192.0.2.1:80",
        " 192.0.2.1",
        "2001:db8::1/129",
        "2001:db8::1/999",
        "2001:db8::g",
        "[2001:db8::1]",
        "fe80::1%eth0",
        "::ffff:192.0.2.1/95",
        "example.org",
        "1",
      })
  void anythingElseIsNone(String text) {
    assertThat(IpNetwork.parse(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24,192.0.2.255,true",
    "192.0.2.0/24,192.0.3.0,false",
    "192.0.2.0/24,192.0.2.0/25,true",
    "192.0.2.0/25,192.0.2.0/24,false",
    "192.0.2.1,192.0.2.1,true",
    "2001:db8::/63,2001:db8:0:1::9,true",
    "2001:db8::/64,2001:db8:0:1::9,false",
    "2001:db8::/65,2001:db8::7fff:0:0:1,true",
    "2001:db8::/65,2001:db8::8000:0:0:1,false",
    "0.0.0.0/0,::1,false",
    "::/0,192.0.2.1,false",
    "::/0,2001:db8::1,true",
  })
  void aNetworkContainsWhatBeginsLikeIt(String network, String other, boolean contains) {
    assertThat(network(network).contains(network(other))).isEqualTo(contains);
  }
}
