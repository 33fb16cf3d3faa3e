package com.napalmsky.user.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.user.UserStage;
import com.napalmsky.user.mail.SmtpStandIn.Mood;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Mails over real connections. */
class SmtpMailerTest {

  private static final Mail MAIL =
      new Mail(
          "ada@example.org", "Grüße", "Open this page:\n\nhttps://sky.example.org/x#token=abc");

  private final Vertx vertx = Vertx.vertx();
  private final SmtpStandIn server = new SmtpStandIn(vertx);

  @AfterEach
  void close() {
    UserStage.await(vertx.close());
  }

  private Mailer mailer(String... more) {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "MAIL_HOST", "127.0.0.1",
                "MAIL_PORT", String.valueOf(server.port()),
                "MAIL_TLS", "none",
                "MAIL_FROM", "Napalm Sky <no-reply@example.org>"));
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return MailConfig.from(new Settings(environment)).mailer(vertx);
  }

  @Test
  void aMailArrivesWithItsText() {
    UserStage.await(mailer().send(MAIL));

    assertThat(server.recipients()).containsExactly("<ada@example.org>");
    assertThat(server.mails())
        .singleElement()
        .asString()
        .contains("From: Napalm Sky <no-reply@example.org>")
        .contains("To: ada@example.org")
        .contains("Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=")
        .containsPattern("Message-ID: <.*@example.org>")
        .contains("https://sky.example.org/x#token=abc");
    assertThat(server.logins()).isEmpty();
  }

  @Test
  void aServerThatIsGoneIsAFailure() {
    Mailer mailer = mailer("MAIL_PORT", "1");

    assertThatThrownBy(() -> UserStage.await(mailer.send(MAIL))).isNotNull();
  }

  @Test
  void aServerThatFallsSilentIsAFailureAndBlocksNobodyAfterwards() {
    Mailer mailer = mailer("MAIL_TIMEOUT_MILLIS", "300");
    server.be(Mood.SILENT);
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> UserStage.await(mailer.send(MAIL))).isNotNull();
    }

    server.be(Mood.TAKES_MAIL);

    UserStage.await(mailer.send(MAIL));
    assertThat(server.mails()).hasSize(1);
  }

  @Test
  void aRecipientThatIsRefusedIsAFailure() {
    server.be(Mood.BUSY);

    assertThatThrownBy(() -> UserStage.await(mailer().send(MAIL)))
        .hasStackTraceContaining("450")
        .hasMessageNotContaining("example.org");
    assertThat(server.mails()).isEmpty();
  }

  @Test
  void nothingIsSentInTheClearToAServerThatShouldEncrypt() {
    Mailer mailer = mailer("MAIL_TLS", "starttls", "MAIL_USER", "sky", "MAIL_PASSWORD", "s3cret");

    assertThatThrownBy(() -> UserStage.await(mailer.send(MAIL))).isNotNull();
    assertThat(server.mails()).isEmpty();
    assertThat(server.logins()).isEmpty();
  }

  @Test
  void withoutAServerAMailIsTaken() {
    Mailer mailer = MailConfig.from(new Settings(Map.of())).mailer(vertx);

    UserStage.await(mailer.send(MAIL));

    assertThat(mailer).isInstanceOf(LogMailer.class);
    assertThat(server.mails()).isEmpty();
  }

  @Test
  void mailsAreSentOneAfterTheOther() {
    Mailer mailer = mailer();

    for (String to : List.of("a@example.org", "b@example.org", "c@example.org")) {
      UserStage.await(mailer.send(new Mail(to, "x", "y")));
    }

    assertThat(server.recipients())
        .containsExactly("<a@example.org>", "<b@example.org>", "<c@example.org>");
  }
}
