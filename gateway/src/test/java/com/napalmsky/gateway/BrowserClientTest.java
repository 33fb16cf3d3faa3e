package com.napalmsky.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.aayushatharva.brotli4j.decoder.Decoder;
import com.napalmsky.gateway.TestGateway.Reply;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The browser client that the build has made, as a browser and as others get it. */
@ExtendWith(VertxExtension.class)
class BrowserClientTest {

  private static final String[] AS_BROWSER = {
    "Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
  };
  private static final Pattern SCRIPT = Pattern.compile("src=\"(/assets/[^\"]+\\.js)\"");

  private TestGateway gateway;

  @BeforeEach
  void start(Vertx vertx) {
    gateway = TestGateway.start(vertx);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/login", "/login/", "/home", "/call/9c0d8c5e", "/console", "/legal/terms"})
  void aBrowserGetsThePageAtEachOfItsAddresses(String path) {
    Reply page = gateway.get(path, AS_BROWSER);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("content-type")).isEqualTo("text/html; charset=utf-8");
    assertThat(page.header("cache-control")).isEqualTo("no-cache");
    assertThat(page.header("vary")).isEqualTo("Origin, Accept-Encoding, Accept");
    assertThat(page.text()).contains("<title>Napalm Sky</title>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/*", "application/json", ""})
  void othersHearAtTheRootHowTheSystemIs(String accept) {
    Reply root = gateway.get("/", "Accept", accept);

    assertThat(root.status()).isEqualTo(200);
    assertThat(root.header("content-type")).isEqualTo("application/json; charset=utf-8");
    assertThat(root.json().path("name").asText()).isEqualTo("Napalm Sky");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/room/queue", "/user/me", "/admin/audit", "/referral/links"})
  void addressesOfTheApiStayTheApis(String path) {
    Reply reply = gateway.get(path, AS_BROWSER);

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.error()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/call", "/call/a/b", "/legal/", "/room/nothing"})
  void whereThereIsNothingPeopleSeeAPageAndOthersReadJson(String path) {
    Reply person = gateway.get(path, AS_BROWSER);
    Reply other = gateway.get(path);
    Reply sent = gateway.send("POST", path, "{}", AS_BROWSER);

    assertThat(person.status()).isEqualTo(404);
    assertThat(person.header("content-type")).isEqualTo("text/html; charset=utf-8");
    assertThat(other.status()).isEqualTo(404);
    assertThat(other.error()).isNotEmpty();
    assertThat(sent.status()).isEqualTo(404);
    assertThat(sent.error()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/index.html",
        "/built.json",
        "/files",
        "/pages",
        "/assets/",
        "/assets/../index.html",
        "/assets/..%2findex.html",
        "/icons/mark.svg.br",
      })
  void whatIsNotListedCannotBeReached(String path) {
    assertThat(gateway.get(path).status()).isEqualTo(404);
  }

  @Test
  void filesNamedByTheirContentAreKeptForeverAndComeCompressed() throws IOException {
    String script = script();
    Reply plain = gateway.get(script);
    Reply gzip = gateway.get(script, "Accept-Encoding", "gzip");
    Reply brotli = gateway.get(script, "Accept-Encoding", "gzip, deflate, br, zstd");

    assertThat(plain.header("content-type")).isEqualTo("text/javascript; charset=utf-8");
    assertThat(plain.header("cache-control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(gzip.header("content-encoding")).isEqualTo("gzip");
    assertThat(brotli.header("content-encoding")).isEqualTo("br");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip.raw().body())).readAllBytes())
        .isEqualTo(plain.raw().body());
    assertThat(Decoder.decompress(brotli.raw().body()).getDecompressedData())
        .isEqualTo(plain.raw().body());
  }

  @Test
  void aPictureThatTheBuildHasCompressedSaysSo() throws IOException {
    Reply plain = gateway.get("/icons/mark.svg");
    Reply brotli = gateway.get("/icons/mark.svg", "Accept-Encoding", "br");

    assertThat(plain.text()).startsWith("<svg");
    assertThat(brotli.header("content-encoding")).isEqualTo("br");
    assertThat(Decoder.decompress(brotli.raw().body()).getDecompressedData())
        .isEqualTo(plain.raw().body());
  }

  @Test
  void whoHasThePageIsToldSo() {
    Reply first = gateway.get("/home", AS_BROWSER);
    Reply again =
        gateway.get("/home", "Accept", "text/html", "If-None-Match", first.header("etag"));

    assertThat(again.status()).isEqualTo(304);
    assertThat(again.header("cache-control")).isEqualTo("no-cache");
  }

  @Test
  void thePageRunsNoScriptButFilesOfThisOrigin() {
    Reply page = gateway.get("/", AS_BROWSER);
    List<String> policies = page.raw().headers().allValues("content-security-policy");

    assertThat(policies).hasSize(1);
    assertThat(Arrays.asList(policies.get(0).split("; ")))
        .contains(
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'")
        .noneMatch(part -> part.contains("unsafe") || part.contains("*"));
    assertThat(page.text())
        .doesNotContainPattern("<script(?![^>]*\\ssrc=\"/assets/)")
        .doesNotContain("<style")
        .doesNotContain(" style=");
  }

  @Test
  void theServiceWorkerIsAskedForEachTimeAndMayUseTheNetwork() {
    Reply worker = gateway.get("/worker.js");

    assertThat(worker.status()).isEqualTo(200);
    assertThat(worker.header("content-type")).isEqualTo("text/javascript; charset=utf-8");
    assertThat(worker.header("cache-control")).isEqualTo("no-cache");
    assertThat(worker.header("content-security-policy")).contains("connect-src 'self'");
    assertThat(worker.text()).contains(script());
  }

  private String script() {
    Matcher found = SCRIPT.matcher(gateway.get("/", AS_BROWSER).text());
    assertThat(found.find()).isTrue();
    return found.group(1);
  }
}
