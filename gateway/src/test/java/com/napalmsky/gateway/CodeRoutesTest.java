package com.napalmsky.gateway;

import static com.napalmsky.gateway.FakePayments.CODE;
import static com.napalmsky.gateway.FakeServices.ADMIN;
import static com.napalmsky.gateway.FakeServices.PAID;
import static com.napalmsky.gateway.FakeServices.UNPAID;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.LuminanceSource;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.napalmsky.gateway.TestGateway.Reply;
import com.napalmsky.shared.contract.user.CodeContract.ApplyCode;
import com.napalmsky.shared.contract.user.CodeContract.ApplyOutcome;
import com.napalmsky.shared.contract.user.CodeContract.CodeState;
import com.napalmsky.shared.contract.user.CodeContract.CodeType;
import com.napalmsky.shared.contract.user.CodeContract.DeactivateCode;
import com.napalmsky.shared.contract.user.CodeContract.GenerateCode;
import com.napalmsky.shared.contract.user.CodeContract.ListCodes;
import com.napalmsky.shared.contract.user.CodeContract.ValidateCode;
import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.TokenHash;
import com.napalmsky.shared.contract.user.UserContract.Authenticated;
import com.napalmsky.shared.contract.user.UserContract.SignUp;
import com.napalmsky.shared.contract.user.UserContract.Verdict;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Access codes on the wire. */
@ExtendWith(VertxExtension.class)
class CodeRoutesTest {

  private static final String APPLY = "{\"inviteCode\":\"" + CODE + "\"}";
  private static final String VALIDATE = "{\"code\":\"" + CODE + "\"}";

  private TestGateway gateway;
  private FakeServices services;
  private FakePayments payments;

  @BeforeEach
  void start(Vertx vertx) {
    gateway = TestGateway.start(vertx, "FRONTEND_URL", "https://sky.example/");
    services = gateway.services;
    payments = services.payments;
  }

  private <T> T heard(Class<T> type) {
    return services.heard.stream().filter(type::isInstance).map(type::cast).findFirst().get();
  }

  private long count(Class<?> type) {
    return services.heard.stream().filter(type::isInstance).count();
  }

  @ParameterizedTest
  @ValueSource(strings = {"abcdefgh12345678", "  ABCDEFGH12345678\\n", "\\tAbCdEfGh12345678 "})
  void aCodeMayBeTypedInAnyCaseWithBlanksAroundIt(String typed) {
    gateway.postAs(UNPAID, "/payment/apply-code", "{\"inviteCode\":\"" + typed + "\"}");
    gateway.post("/payment/validate-code", "{\"code\":\"" + typed + "\"}");
    gateway.post(
        "/auth/guest", "{\"name\":\"A\",\"gender\":\"male\",\"inviteCode\":\"" + typed + "\"}");

    assertThat(heard(ApplyCode.class).code()).isEqualTo(CODE);
    assertThat(heard(ValidateCode.class).code()).isEqualTo(CODE);
    assertThat(heard(SignUp.class).inviteCode()).isEqualTo(CODE);
  }

  @Test
  void whoeverAppliesACodeIsToldWhatHeHasNow() {
    Reply reply = gateway.postAs(UNPAID, "/payment/apply-code", APPLY);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text())
        .isEqualTo(
            "{\"success\":true,\"paidStatus\":\"qr_grace_period\",\"qrUnlocked\":false,"
                + "\"sessionsNeeded\":4}");
    assertThat(heard(ApplyCode.class).userId()).isEqualTo(services.sessionOf(UNPAID).userId());
  }

  @Test
  void whoeverGotTheAnswerFindsTheDoorOpenBeforeItIsAnnounced() {
    assertThat(gateway.getAs(UNPAID, "/room/queue").status()).isEqualTo(402);
    services.sessions.put(
        TokenHash.of(UNPAID),
        new Authenticated(Verdict.ACTIVE, FakeServices.session(PaidStatus.QR_GRACE_PERIOD)));

    gateway.postAs(UNPAID, "/payment/apply-code", APPLY);

    assertThat(gateway.getAs(UNPAID, "/room/queue").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "HAS_ACCESS, 400, false",
    "UNKNOWN, 403, true",
    "INACTIVE, 403, true",
    "USED_UP, 403, true",
    "OWN_CODE, 403, true",
    "USER_GONE, 404, false"
  })
  void aCodeThatIsNotAppliedSaysWhy(ApplyOutcome outcome, int status, boolean counted) {
    payments.applied = outcome;

    Reply reply = gateway.postAs(UNPAID, "/payment/apply-code", APPLY);

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.error()).isNotEmpty();
    assertThat(reply.json().has("attemptsRemaining")).isEqualTo(counted);
  }

  @Test
  void aGoodCodeIsDescribed() {
    assertThat(gateway.post("/payment/validate-code", VALIDATE).text())
        .isEqualTo("{\"valid\":true,\"type\":\"user\",\"usesRemaining\":3,\"createdBy\":\"Anna\"}");

    payments.type = CodeType.ADMIN;

    assertThat(
            gateway.post("/payment/validate-code", VALIDATE).json().path("usesRemaining").asInt())
        .isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({"UNKNOWN, 404", "INACTIVE, 403", "USED_UP, 403"})
  void aCodeThatLetsNobodyInIsCounted(CodeState state, int status) {
    payments.state = state;

    Reply reply = gateway.post("/payment/validate-code", VALIDATE);

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.json().path("attemptsRemaining").asInt()).isEqualTo(4);
  }

  @Test
  void theSixthWrongCodeIsNotEvenTriedAndTheWaitIsInMilliseconds() {
    payments.state = CodeState.UNKNOWN;
    for (int left = 4; left >= 0; left--) {
      String body = left % 2 == 0 ? VALIDATE : "{\"code\":\"short\"}";
      Reply wrong = gateway.post("/payment/validate-code", body);
      assertThat(wrong.status()).isEqualTo(left % 2 == 0 ? 404 : 400);
      assertThat(wrong.json().path("attemptsRemaining").asInt(-1)).isEqualTo(left);
      assertThat(wrong.header("ratelimit-policy")).isEqualTo("5;w=3600");
    }

    Reply sixth = gateway.post("/payment/validate-code", VALIDATE);

    assertThat(sixth.status()).isEqualTo(429);
    assertThat(sixth.error()).contains("Too many");
    assertThat(sixth.json().path("message").asText()).isNotEmpty();
    assertThat(sixth.json().path("retryAfter").asLong()).isBetween(3_590_000L, 3_600_000L);
    assertThat(Long.parseLong(sixth.header("retry-after"))).isBetween(3_590L, 3_600L);
    assertThat(count(ValidateCode.class)).isEqualTo(3);
  }

  @Test
  void checkingAndApplyingShareWhatIsLeft() {
    payments.state = CodeState.UNKNOWN;
    payments.applied = ApplyOutcome.UNKNOWN;
    for (int i = 0; i < 3; i++) {
      gateway.post("/payment/validate-code", VALIDATE);
    }
    assertThat(
            gateway
                .postAs(UNPAID, "/payment/apply-code", APPLY)
                .json()
                .path("attemptsRemaining")
                .asInt())
        .isEqualTo(1);
    gateway.postAs(PAID, "/payment/apply-code", APPLY);

    assertThat(gateway.postAs(UNPAID, "/payment/apply-code", APPLY).status()).isEqualTo(429);
    assertThat(gateway.post("/payment/validate-code", VALIDATE).status()).isEqualTo(429);
    assertThat(count(ApplyCode.class)).isEqualTo(2);
  }

  @Test
  void whatIsNoWrongCodeUsesUpNothing() {
    for (int i = 0; i < 6; i++) {
      assertThat(gateway.post("/payment/validate-code", "{}").status()).isEqualTo(400);
      assertThat(gateway.post("/payment/validate-code", "{\"code\":5}").status()).isEqualTo(400);
      assertThat(gateway.post("/payment/validate-code", VALIDATE).status()).isEqualTo(200);
      assertThat(gateway.post("/payment/apply-code", APPLY).status()).isEqualTo(401);
      assertThat(gateway.postAs(UNPAID, "/payment/apply-code", "{}").status()).isEqualTo(400);
      payments.applied = ApplyOutcome.HAS_ACCESS;
      assertThat(gateway.postAs(PAID, "/payment/apply-code", APPLY).status()).isEqualTo(400);
    }
    payments.state = CodeState.UNKNOWN;

    assertThat(
            gateway
                .post("/payment/validate-code", VALIDATE)
                .json()
                .path("attemptsRemaining")
                .asInt())
        .isEqualTo(4);
  }

  @Test
  void theImageHoldsTheAddressToBeginAt() throws Exception {
    Reply reply = gateway.get("/payment/qr/" + CODE.toLowerCase());

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("content-type")).isEqualTo("image/png");
    assertThat(reply.header("cache-control")).isEqualTo("public, max-age=86400");
    assertThat(reply.header("content-encoding")).isIn(null, "identity");
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(reply.raw().body()));
    assertThat(image.getWidth()).isEqualTo(300);
    assertThat(image.getHeight()).isEqualTo(300);
    assertThat(text(image)).isEqualTo("https://sky.example/onboarding?inviteCode=" + CODE);
    assertThat(quietModules(image)).isEqualTo(2);
  }

  private static String text(BufferedImage image) throws Exception {
    int[] pixels = image.getRGB(0, 0, 300, 300, null, 0, 300);
    LuminanceSource source = new RGBLuminanceSource(300, 300, pixels);
    return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(source))).getText();
  }

  /** The white border, in units of the smallest black square. */
  private static int quietModules(BufferedImage image) throws NotFoundException {
    int border = 0;
    while ((image.getRGB(border, border) & 0xff) != 0) {
      border++;
    }
    int finder = 0;
    while ((image.getRGB(border + finder, border) & 0xff) == 0) {
      finder++;
    }
    // The corner square is seven modules wide; what does not divide evenly is more border.
    return border * 7 / finder;
  }

  @Test
  void anImageIsDrawnOnceAndItsCodeIsAskedForEachTime() {
    byte[] first = gateway.get("/payment/qr/" + CODE).raw().body();
    byte[] second = gateway.get("/payment/qr/" + CODE).raw().body();

    assertThat(second).isEqualTo(first);
    assertThat(count(ValidateCode.class)).isEqualTo(2);
    assertThat(
            gateway
                .management("/health/ready")
                .json()
                .path("details")
                .path("qr-images.size")
                .asText())
        .isEqualTo("1");
  }

  @ParameterizedTest
  @EnumSource(CodeState.class)
  void thereIsAnImageOfCodesThatWorkOrHaveWorked(CodeState state) {
    payments.state = state;

    Reply reply = gateway.get("/payment/qr/" + CODE);

    boolean shown = state == CodeState.USABLE || state == CodeState.USED_UP;
    assertThat(reply.status()).isEqualTo(shown ? 200 : 404);
    assertThat(reply.header("content-type"))
        .isEqualTo(shown ? "image/png" : "text/plain; charset=utf-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"short", "ABCDEFGH1234567%C3%9F", "..%2F..%2Fetc", "%20"})
  void thereIsNoImageOfWhatIsNoCode(String path) {
    Reply reply = gateway.get("/payment/qr/" + path);

    assertThat(reply.status()).isIn(400, 404);
    assertThat(count(ValidateCode.class)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"generate-code", "deactivate-code"})
  void adminsOnly(String path) {
    String body = "{\"code\":\"" + CODE + "\"}";

    assertThat(gateway.post("/payment/admin/" + path, body).status()).isEqualTo(401);
    assertThat(gateway.postAs(PAID, "/payment/admin/" + path, body).status()).isEqualTo(403);
    assertThat(gateway.postAs(UNPAID, "/payment/admin/" + path, body).status()).isEqualTo(403);
    assertThat(gateway.get("/payment/admin/codes").status()).isEqualTo(401);
    assertThat(gateway.getAs(PAID, "/payment/admin/codes").status()).isEqualTo(403);
    assertThat(gateway.postAs(ADMIN, "/payment/admin/" + path, body).status()).isEqualTo(200);
    assertThat(gateway.getAs(ADMIN, "/payment/admin/codes").status()).isEqualTo(200);
  }

  @Test
  void anAdminMakesACode() {
    Reply reply = gateway.postAs(ADMIN, "/payment/admin/generate-code", "{\"label\":\" Poster \"}");

    assertThat(reply.text())
        .isEqualTo("{\"code\":\"" + CODE + "\",\"qrCodeUrl\":\"/payment/qr/" + CODE + "\"}");
    GenerateCode asked = heard(GenerateCode.class);
    assertThat(asked.label()).isEqualTo("Poster");
    assertThat(asked.actor().userId()).isEqualTo(services.sessionOf(ADMIN).userId());
    assertThat(asked.actor().ip()).isEqualTo("127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"label\":null}", "{\"label\":\"  \"}"})
  void aLabelMayBeLeftOut(String body) {
    assertThat(gateway.postAs(ADMIN, "/payment/admin/generate-code", body).status()).isEqualTo(200);
    assertThat(heard(GenerateCode.class).label()).isNull();
  }

  @Test
  void aCodeMayEndWithinFiveYears() {
    long end = System.currentTimeMillis() + 3_600_000;

    Reply reply =
        gateway.postAs(ADMIN, "/payment/admin/generate-code", "{\"expiresAt\":" + end + "}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(heard(GenerateCode.class).expiresAt()).isEqualTo(Instant.ofEpochMilli(end));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "\"soon\"", "-5", "253402300799999", "true"})
  void anEndThatCannotBeOneIsNamed(String end) {
    Reply reply =
        gateway.postAs(ADMIN, "/payment/admin/generate-code", "{\"expiresAt\":" + end + "}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error()).startsWith("expiresAt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"label\":5}", "{\"label\":\"a\\u0007b\"}"})
  void aLabelThatIsNoneIsRefused(String body) {
    Reply reply = gateway.postAs(ADMIN, "/payment/admin/generate-code", body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error()).startsWith("label");
  }

  @Test
  void anAdminSeesAllCodes() {
    Reply reply = gateway.getAs(ADMIN, "/payment/admin/codes?limit=5000&before=1770091506789");

    assertThat(reply.json().path("total").asInt()).isEqualTo(2);
    JsonNode first = reply.json().path("codes").get(0);
    assertThat(first.path("code").asText()).isEqualTo(CODE);
    assertThat(first.path("type").asText()).isEqualTo("admin");
    assertThat(first.path("createdBy").asText()).isEqualTo("Flyer");
    assertThat(first.path("createdAt").asLong()).isEqualTo(FakeServices.THEN.toEpochMilli());
    assertThat(first.path("maxUses").asInt()).isEqualTo(-1);
    assertThat(first.path("totalUsed").asInt()).isEqualTo(17);
    assertThat(first.path("isActive").asBoolean()).isTrue();
    assertThat(heard(ListCodes.class))
        .isEqualTo(new ListCodes(Instant.ofEpochMilli(1770091506789L), 1000, null, null, null));
  }

  @Test
  void anAdminEndsACode() {
    Reply reply =
        gateway.postAs(
            ADMIN, "/payment/admin/deactivate-code", "{\"code\":\" abcdefgh12345678 \"}");

    assertThat(reply.json().path("success").asBoolean()).isTrue();
    assertThat(reply.json().path("message").asText()).isNotEmpty();
    assertThat(heard(DeactivateCode.class).code()).isEqualTo(CODE);

    payments.codeFound = false;
    assertThat(gateway.postAs(ADMIN, "/payment/admin/deactivate-code", VALIDATE).status())
        .isEqualTo(404);
    assertThat(gateway.postAs(ADMIN, "/payment/admin/deactivate-code", "{}").error())
        .startsWith("code");
  }
}
