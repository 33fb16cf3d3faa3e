package com.napalmsky.gateway;

import static com.napalmsky.gateway.FakeServices.BANNED;
import static com.napalmsky.gateway.FakeServices.DISPLACED;
import static com.napalmsky.gateway.FakeServices.PAID;
import static com.napalmsky.gateway.FakeServices.UNPAID;
import static com.napalmsky.gateway.MediaSteps.form;
import static com.napalmsky.gateway.MediaSteps.part;
import static com.napalmsky.gateway.MediaSteps.upload;
import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.gateway.TestGateway.Reply;
import com.napalmsky.shared.contract.media.MediaContract.OpenOutcome;
import com.napalmsky.shared.contract.media.MediaContract.OpenUpload;
import com.napalmsky.shared.contract.media.MediaContract.UploadEnded;
import com.napalmsky.shared.contract.media.MediaContract.UploadOutcome;
import com.napalmsky.shared.contract.media.MediaKind;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that pass through the gateway, in both directions. */
@ExtendWith(VertxExtension.class)
class MediaRoutesTest {

  private static final String SELFIE = "/media/selfie";

  @Test
  void aSelfieReachesTheListenerByteForByteAndItsAnswerTheClient(Vertx vertx) {
    TestGateway gateway = TestGateway.start(vertx);
    String bytes = "x".repeat(300_000) + "ü\0\r\n--edg";

    Reply reply = upload(gateway, UNPAID, SELFIE, form("selfie", bytes));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("selfieUrl").asText()).isEqualTo("/uploads/" + FakeMedia.NAME);
    assertThat(gateway.services.media.received).containsExactly(bytes);
    OpenUpload asked =
        (OpenUpload)
            gateway.services.heard.stream().filter(OpenUpload.class::isInstance).findFirst().get();
    assertThat(asked.kind()).isEqualTo(MediaKind.SELFIE);
    assertThat(asked.declaredBytes()).isGreaterThanOrEqualTo(bytes.length());
  }

  @ParameterizedTest
  @CsvSource({BANNED + ",403", DISPLACED + ",401", "forged,401"})
  void whoMayNotIsRefusedBeforeAnythingOfTheFileIsRead(String token, int status, Vertx vertx)
      throws Exception {
    TestGateway gateway = TestGateway.start(vertx);

    // A body that is announced and never sent: whoever waits for it gets no answer.
    String answer =
        gateway.raw(
            "POST /media/selfie HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + token
                + "\r\nContent-Type: "
                + MediaSteps.FORM
                + "\r\nContent-Length: 1000000\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 " + status).containsIgnoringCase("connection: close");
    assertThat(gateway.services.heard).noneMatch(OpenUpload.class::isInstance);
  }

  @Test
  void moreThanMayBeIsRefusedByItsAnnouncementAlone(Vertx vertx) {
    TestGateway gateway = TestGateway.start(vertx);

    String answer =
        gateway.raw(
            "POST /media/video HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + PAID
                + "\r\nContent-Type: "
                + MediaSteps.FORM
                + "\r\nContent-Length: 2147483648\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 413").contains("video must have at most 50 MB");
    assertThat(gateway.services.heard).noneMatch(OpenUpload.class::isInstance);
  }

  @ParameterizedTest
  @CsvSource({"other,selfie is required", "video,selfie is required"})
  void aFileOfAnotherNameIsRefused(String field, String text, Vertx vertx) {
    TestGateway gateway = TestGateway.start(vertx);

    Reply reply = upload(gateway, PAID, SELFIE, form(field, "bytes"));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error()).startsWith(text);
  }

  @Test
  void formsWithoutAFileWithTwoOrWithAnEmptyOneAreRefused(Vertx vertx) {
    TestGateway gateway = TestGateway.start(vertx);
    String text =
        "--edge\r\nContent-Disposition: form-data; name=\"selfie\"\r\n\r\ntext\r\n--edge--\r\n";

    assertThat(upload(gateway, PAID, SELFIE, "--edge--\r\n").error()).contains("selfie");
    assertThat(upload(gateway, PAID, SELFIE, text).error()).contains("must be sent as a file");
    assertThat(upload(gateway, PAID, SELFIE, form("selfie", "")).error()).contains("is empty");
    assertThat(upload(gateway, PAID, SELFIE, part("selfie", "one") + form("selfie", "two")).error())
        .contains("must be one file");
    assertThat(gateway.services.media.received).isEmpty();
  }

  @Test
  void whatIsNoFormIsRefused(Vertx vertx) {
    TestGateway gateway = TestGateway.start(vertx);

    assertThat(gateway.postAs(PAID, SELFIE, "{}").status()).isEqualTo(415);
  }

  @ParameterizedTest
  @CsvSource({"WRONG_TYPE,415", "UNUSABLE,400", "TOO_LARGE,413", "DISPLACED,409", "USER_GONE,404"})
  void everyOutcomeHasItsStatus(UploadOutcome outcome, int status, Vertx vertx) {
    TestGateway gateway = TestGateway.start(vertx);
    gateway.services.media.ended = new UploadEnded(outcome, null, "is not what it says");

    assertThat(upload(gateway, PAID, SELFIE, form("selfie", "bytes")).status()).isEqualTo(status);
  }

  @Test
  void aUsedUpQuotaSaysWhenToComeBack(Vertx vertx) {
    TestGateway gateway = TestGateway.start(vertx);
    gateway.services.media.open = OpenOutcome.QUOTA_USED_UP;

    Reply reply = upload(gateway, PAID, SELFIE, form("selfie", "bytes"));

    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.header("retry-after")).isEqualTo("90");
  }

  @Test
  void aListenerThatAnswersEarlyEndsTheUpload(Vertx vertx) {
    TestGateway gateway = TestGateway.start(vertx);
    gateway.services.media.early = true;
    gateway.services.media.ended = new UploadEnded(UploadOutcome.WRONG_TYPE, null, "is no picture");

    Reply reply = upload(gateway, PAID, SELFIE, form("selfie", "x".repeat(4_000_000)));

    assertThat(reply.status()).isEqualTo(415);
  }

  @Test
  void aClientThatStandsStillIsGivenUp(Vertx vertx) {
    TestGateway gateway = TestGateway.start(vertx, "GATEWAY_UPLOAD_STALL_SECONDS", "1");

    String answer =
        gateway.raw(
            "POST /media/selfie HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + PAID
                + "\r\nContent-Type: "
                + MediaSteps.FORM
                + "\r\nContent-Length: 100000\r\n\r\n"
                + part("selfie", "a few bytes"));

    assertThat(answer).startsWith("HTTP/1.1 408");
    await("the listener is told", () -> gateway.services.media.broken.get() == 1);
  }

  @Test
  void aClientThatGoesAwayFreesItsPlace(Vertx vertx) throws Exception {
    TestGateway gateway = TestGateway.start(vertx, "GATEWAY_UPLOADS", "1");
    gateway.services.media.deaf = true;
    try (Socket socket = new Socket("127.0.0.1", gateway.ports.port())) {
      socket
          .getOutputStream()
          .write(
              ("POST /media/selfie HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                      + PAID
                      + "\r\nContent-Type: "
                      + MediaSteps.FORM
                      + "\r\nContent-Length: 100000\r\n\r\n"
                      + part("selfie", "a few bytes"))
                  .getBytes(StandardCharsets.ISO_8859_1));
      await(
          "the only place is taken",
          () -> upload(gateway, PAID, SELFIE, form("selfie", "x")).status() == 503);
    }
    gateway.services.media.deaf = false;

    await(
        "the place is free again",
        () -> upload(gateway, PAID, SELFIE, form("selfie", "x")).status() == 200);
  }

  @Test
  void aFileIsGivenWithItsTypeAndMayDoNothing(Vertx vertx) {
    TestGateway gateway = TestGateway.start(vertx);
    gateway.services.media.file = "x".repeat(10_000);
    gateway.services.media.fileHeaders =
        Map.of("Content-Type", "image/jpeg", "ETag", "\"a\"", "Accept-Ranges", "bytes");

    Reply reply =
        gateway.get("/uploads/" + FakeMedia.NAME, "Range", "bytes=0-9999", "If-Range", "\"a\"");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).hasSize(10_000);
    assertThat(reply.header("content-type")).isEqualTo("image/jpeg");
    assertThat(reply.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(reply.header("content-security-policy")).contains("sandbox");
    assertThat(reply.header("content-encoding")).isIn(null, "identity");
    assertThat(reply.header("etag")).isEqualTo("\"a\"");
    assertThat(gateway.services.media.asked)
        .containsEntry("range", "bytes=0-9999")
        .containsEntry("if-range", "\"a\"");
  }

  @Test
  void theHeadOfAFileHasItsLengthAndNoBody(Vertx vertx) {
    TestGateway gateway = TestGateway.start(vertx);
    gateway.services.media.fileHeaders =
        Map.of("Content-Type", "image/jpeg", "Content-Length", "18");

    Reply reply = gateway.send("HEAD", "/uploads/" + FakeMedia.NAME, null);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.raw().body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"a.jpg", "abcdefghijklmnopqrstuvwx.html", "..%2F..%2Fetc%2Fpasswd"})
  void whatCannotBeAFileIsNotAskedFor(String name, Vertx vertx) {
    TestGateway gateway = TestGateway.start(vertx);

    assertThat(gateway.get("/uploads/" + name).status()).isEqualTo(404);
    assertThat(gateway.services.heard).isEmpty();
  }

  private static void await(String what, BooleanSupplier holds) {
    for (int i = 0; i < 500 && !holds.getAsBoolean(); i++) {
      LockSupport.parkNanos(10_000_000);
    }
    assertThat(holds.getAsBoolean()).as(what).isTrue();
  }
}
