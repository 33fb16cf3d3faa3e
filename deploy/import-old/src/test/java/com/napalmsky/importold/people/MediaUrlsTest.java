package com.napalmsky.importold.people;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaUrlsTest {

  @ParameterizedTest
  @CsvSource({
    "https://res.cloudinary.com/a/b.jpg, true, true",
    "HTTPS://RES.cloudinary.com/a/b.jpg, true, true",
    "http://res.cloudinary.com/a/b.jpg, false, true",
    "https://res.cloudinary.com:8443/a.jpg, false, true",
    "https://res.cloudinary.com.evil.example/a.jpg, false, true",
    "https://res.cloudinary.com@evil.example/a.jpg, false, false",
    "https://old.example/uploads/a.jpg, false, true",
    "http://localhost:3001/uploads/a.jpg, false, true",
    "/uploads/a.jpg, false, false",
    "//res.cloudinary.com/a.jpg, false, false",
    "'javascript:alert(1)', false, false",
    "'data:image/png;base64,AAAA', false, false",
    "not an address, false, false",
    "https:///a.jpg, false, false"
  })
  void anAddressIsKeptWhenItOutlivesTheOldServerOrOnDemand(
      String url, boolean kept, boolean keptOnDemand) {
    assertThat(new MediaUrls(false).kept(url).isPresent()).isEqualTo(kept);
    assertThat(new MediaUrls(true).kept(url).isPresent()).isEqualTo(keptOnDemand);
  }

  @Test
  void anEndlessAddressIsNone() {
    assertThat(new MediaUrls(true).kept("https://old.example/" + "a".repeat(2_000))).isEmpty();
  }
}
