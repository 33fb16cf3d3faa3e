package com.napalmsky.gateway.http.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aayushatharva.brotli4j.decoder.Decoder;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.gateway.http.Answer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StaticFilesTest {

  private final StaticFiles files = DocsRoutes.files();
  private final String bundle =
      files.paths().stream().filter(path -> path.endsWith("bundle.js")).findFirst().orElseThrow();
  private int worked;

  @CanIgnoreReturnValue
  private Answer ask(String path, String acceptEncoding, String ifNoneMatch) {
    return files.answer(path, acceptEncoding, ifNoneMatch, this::onWorker).result();
  }

  private Future<Buffer> onWorker(Callable<Buffer> work) {
    worked++;
    try {
      return Future.succeededFuture(work.call());
    } catch (Exception fault) {
      return Future.failedFuture(fault);
    }
  }

  private static byte[] unzipped(Answer answer) throws IOException {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body().getBytes()))) {
      return in.readAllBytes();
    }
  }

  @Test
  void everyFormOfEveryFileDecodesToTheSameBytes() throws IOException {
    for (String path : files.paths()) {
      byte[] plain = ask(path, "", null).body().getBytes();
      Answer gzip = ask(path, "gzip", null);
      Answer brotli = ask(path, "gzip, br", null);

      if (plain.length < 512) {
        assertThat(gzip.headers().get("content-encoding")).as(path).isEqualTo("identity");
        assertThat(brotli.body().getBytes()).as(path).isEqualTo(plain);
        continue;
      }
      assertThat(gzip.headers().get("content-encoding")).as(path).isEqualTo("gzip");
      assertThat(unzipped(gzip)).as(path).isEqualTo(plain);
      assertThat(gzip.body().length()).as(path).isLessThan(plain.length * 2 / 3);
      assertThat(brotli.headers().get("content-encoding")).as(path).isEqualTo("br");
      assertThat(Decoder.decompress(brotli.body().getBytes()).getDecompressedData())
          .as(path)
          .isEqualTo(plain);
      assertThat(brotli.headers().get("content-length"))
          .isEqualTo(String.valueOf(brotli.body().length()));
    }
  }

  @Test
  void aFormIsMadeOnceAndOnlyWhenItIsWanted() {
    ask(bundle, "", null);
    assertThat(worked).isZero();

    Buffer first = ask(bundle, "gzip", null).body();
    Buffer second = ask(bundle, "gzip", null).body();

    assertThat(second).isSameAs(first);
    assertThat(worked).isEqualTo(1);
  }

  @Test
  void whoHasAFormIsToldSoWithoutItBeingMade() {
    String tag = ask(bundle, "", null).headers().get("etag");
    String ofBrotli = tag.substring(0, tag.length() - 1) + "-br\"";

    Answer same = ask(bundle, "br", "\"other\", W/" + ofBrotli);
    Answer anything = ask(bundle, "br", "*");
    Answer otherForm = ask(bundle, "br", tag);

    assertThat(same.status()).isEqualTo(304);
    assertThat(same.body()).isNull();
    assertThat(same.headers().get("etag")).isEqualTo(ofBrotli);
    assertThat(same.headers().get("cache-control")).contains("immutable");
    assertThat(anything.status()).isEqualTo(304);
    assertThat(otherForm.status()).isEqualTo(200);
    assertThat(worked).isEqualTo(1);
  }

  @Test
  void onlyPathsWithAVersionAreKeptForever() {
    for (String path : files.paths()) {
      assertThat(ask(path, "", null).headers().get("cache-control"))
          .as(path)
          .isEqualTo(
              path.matches("/docs/\\d.*") ? "public, max-age=31536000, immutable" : "no-cache");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/docs/../asyncapi.yaml",
        "/docs/..%2f..%2fasyncapi.yaml",
        "/pages/docs.html",
        "/docs/docs.html",
        "/docs/",
        "/META-INF/MANIFEST.MF",
        "docs",
        ""
      })
  void nothingButTheFilesCanBeReached(String path) {
    Answer answer = ask(path, "br", null);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.contentType()).isEqualTo(Answer.JSON);
  }

  @Test
  void whatIsMissingOrUnknownOrTwiceThereIsRefusedAtTheStart() {
    assertThatThrownBy(
            () ->
                StaticFiles.withPolicy("")
                    .folder("/x", "/pages", List.of("nothing.css"), Caching.ASK))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("/pages/nothing.css");
    assertThatThrownBy(() -> new StaticFile("a.exe", new byte[0], Caching.ASK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a.exe");
    assertThatThrownBy(() -> StaticFiles.withPolicy("").page("/a", "").page("/a", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPictureIsNotCompressedAgain() {
    StaticFile picture = new StaticFile("a.png", new byte[5_000], Caching.FOREVER);

    assertThat(picture.contentType()).isEqualTo("image/png");
    assertThat(picture.pick("br, gzip")).isEqualTo(Coding.IDENTITY);
  }

  @Test
  void onlyPagesHaveAPolicyOfTheirOwnAndTheirScriptsAreFiles() {
    for (String path : files.paths()) {
      Answer answer = ask(path, "", null);
      String text = answer.body().toString(StandardCharsets.UTF_8);
      boolean page = answer.contentType().startsWith("text/html");

      assertThat(answer.headers().contains("content-security-policy")).as(path).isEqualTo(page);
      if (page) {
        assertThat(text).doesNotContainPattern("<script(?![^>]*\\ssrc=)");
        assertThat(text).doesNotContainPattern("(?i)\\son[a-z]+\\s*=|javascript:|<style|\\sstyle=");
        assertThat(text).doesNotContain("@version@").doesNotContain("@content@");
      }
    }
  }
}
