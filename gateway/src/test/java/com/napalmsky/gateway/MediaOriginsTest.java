package com.napalmsky.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.gateway.TestGateway.Reply;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whence the page may show people's pictures and videos. */
@ExtendWith(VertxExtension.class)
class MediaOriginsTest {

  @Test
  void picturesAndVideosMayComeFromTheBucketThatIsNamedAndNothingElseMay(Vertx vertx) {
    Reply page =
        TestGateway.start(
                vertx,
                "API_BASE",
                "https://api.example.org/base",
                "GATEWAY_MEDIA_ORIGINS",
                "https://media.example.org/people/, http://127.0.0.1:9000")
            .get("/", "Accept", "text/html");
    String stores = "https://api.example.org https://media.example.org http://127.0.0.1:9000";

    assertThat(page.header("content-security-policy").split("; "))
        .contains(
            "img-src 'self' data: blob: " + stores,
            "media-src 'self' blob: " + stores,
            "script-src 'self'",
            "connect-src 'self'");
  }
}
