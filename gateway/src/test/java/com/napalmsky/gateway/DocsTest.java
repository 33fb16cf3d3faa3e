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
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The descriptions for people, as a browser gets them. */
@ExtendWith(VertxExtension.class)
class DocsTest {

  private static final String BUNDLE = "/docs/5.20.7/swagger-ui-bundle.js";

  private TestGateway gateway;

  @BeforeEach
  void start(Vertx vertx) {
    gateway = TestGateway.start(vertx);
  }

  @ParameterizedTest
  @CsvSource({
    "/docs, text/html; charset=utf-8, no-cache",
    "/docs/, text/html; charset=utf-8, no-cache",
    "/docs/events, text/html; charset=utf-8, no-cache",
    "/docs/pages.css, text/css; charset=utf-8, no-cache",
    "/docs/docs.js, text/javascript; charset=utf-8, no-cache",
    "/docs/5.20.7/swagger-ui.css, text/css; charset=utf-8, immutable",
    "/docs/5.20.7/swagger-ui-bundle.js, text/javascript; charset=utf-8, immutable",
    "/asyncapi.yaml, application/yaml; charset=utf-8, no-cache",
  })
  void everyFileHasItsTypeAndItsCaching(String path, String type, String caching)
      throws IOException {
    Reply plain = gateway.get(path);
    Reply gzip = gateway.get(path, "Accept-Encoding", "gzip");
    Reply brotli = gateway.get(path, "Accept-Encoding", "gzip, deflate, br, zstd");

    assertThat(plain.status()).isEqualTo(200);
    assertThat(plain.header("content-type")).isEqualTo(type);
    assertThat(plain.header("cache-control")).contains(caching);
    assertThat(plain.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(plain.header("vary")).contains("Accept-Encoding");
    assertThat(decoded(gzip)).isEqualTo(plain.raw().body());
    assertThat(decoded(brotli)).isEqualTo(plain.raw().body());
    if (plain.raw().body().length > 1_024) {
      assertThat(gzip.header("content-encoding")).isEqualTo("gzip");
      assertThat(brotli.header("content-encoding")).isEqualTo("br");
      assertThat(brotli.header("etag")).isNotEqualTo(plain.header("etag"));
    }
  }

  /** Of exactly one coding: what was compressed twice would come out compressed. */
  private static byte[] decoded(Reply reply) throws IOException {
    byte[] body = reply.raw().body();
    return switch (Objects.requireNonNullElse(reply.header("content-encoding"), "identity")) {
      case "br" -> Decoder.decompress(body).getDecompressedData();
      case "gzip" -> new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
      default -> body;
    };
  }

  @Test
  void whoWantsNothingCompressedGetsItPlain() {
    Reply reply = gateway.get(BUNDLE, "Accept-Encoding", "gzip, br", "X-No-Compression", "1");

    assertThat(reply.header("content-encoding")).isIn(null, "identity");
    assertThat(reply.raw().body()).isEqualTo(gateway.get(BUNDLE).raw().body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gzip", "br"})
  void whoHasItIsToldSo(String coding) {
    Reply first = gateway.get(BUNDLE, "Accept-Encoding", coding);
    Reply again =
        gateway.get(BUNDLE, "Accept-Encoding", coding, "If-None-Match", first.header("etag"));
    Reply other =
        gateway.get(BUNDLE, "Accept-Encoding", coding, "If-None-Match", "\"0123456789abcdef\"");

    assertThat(again.status()).isEqualTo(304);
    assertThat(again.raw().body()).isEmpty();
    assertThat(again.header("etag")).isEqualTo(first.header("etag"));
    assertThat(again.header("cache-control")).isEqualTo(first.header("cache-control"));
    assertThat(again.header("vary")).contains("Accept-Encoding");
    assertThat(other.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gzip", "br"})
  void aHeadIsAnsweredLikeAGetWithoutTheBody(String coding) {
    Reply get = gateway.get("/docs/events", "Accept-Encoding", coding);
    Reply head = gateway.send("HEAD", "/docs/events", null, "Accept-Encoding", coding);

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.raw().body()).isEmpty();
    for (String name : List.of("content-type", "content-length", "etag", "cache-control")) {
      assertThat(head.header(name)).as(name).isNotNull().isEqualTo(get.header(name));
    }
    if (!coding.isEmpty()) {
      assertThat(head.header("content-encoding")).isEqualTo(coding);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/docs/..%2f..%2fasyncapi.yaml",
        "/docs/..%2f",
        "/docs/..%5c..%5casyncapi.yaml",
        "/docs/%2e%2e/%2e%2e/etc/passwd",
        "/docs/../../META-INF/MANIFEST.MF",
        "/docs/5.20.7/../../pages/docs.html",
        "/docs/5.20.7/swagger-ui.js",
        "/docs/5.20.7/",
        "/docs/nothing.css",
        "/docs/pages.css%00.html",
        "/pages/docs.html",
      })
  void nothingElseCanBeReached(String path) {
    Reply reply = gateway.get(path);

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.header("content-type")).isEqualTo("application/json; charset=utf-8");
    assertThat(reply.error()).isNotEmpty();
  }

  @Test
  void otherMethodsAreRefused() {
    Reply reply = gateway.post("/docs", "{}");

    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.header("allow")).isEqualTo("GET, HEAD, OPTIONS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/docs", "/docs/events"})
  void aPageMayUseFilesOfThisOriginAndNothingElse(String path) {
    Reply reply = gateway.get(path);
    List<String> policies = reply.raw().headers().allValues("content-security-policy");

    assertThat(policies).hasSize(1);
    assertThat(Arrays.asList(policies.get(0).split("; ")))
        .containsExactlyInAnyOrder(
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'");
    assertThat(reply.text()).doesNotContainPattern("<script(?![^>]*\\ssrc=\"/docs/)");
    assertThat(gateway.get(BUNDLE).raw().headers().allValues("content-security-policy"))
        .containsExactly("default-src 'none'; frame-ancestors 'none'");
  }
}
