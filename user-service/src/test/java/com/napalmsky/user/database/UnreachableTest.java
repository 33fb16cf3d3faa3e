package com.napalmsky.user.database;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.user.TestPostgres;
import com.napalmsky.user.UserConfig;
import com.napalmsky.user.UserService;
import com.napalmsky.user.UserStage;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnreachableTest {

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    UserStage.await(vertx.close());
  }

  private void deploy(String url) {
    UserStage.await(
        UserService.deploy(vertx, UserConfig.from(new Settings(Map.of("DATABASE_URL", url)))));
  }

  @Test
  void aServerThatIsNotThereIsNamedInOneLineWithoutThePassword() throws IOException {
    int nobody;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = free.getLocalPort();
    }

    assertThatThrownBy(() -> deploy("postgres://ada:secret@127.0.0.1:" + nobody + "/sky"))
        .isInstanceOf(DatabaseUnreachable.class)
        .hasMessage("PostgreSQL at 127.0.0.1:" + nobody + "/sky cannot be used: no answer there");
  }

  @Test
  void aDatabaseThatDoesNotExistIsNamed() {
    assertThatThrownBy(() -> deploy(TestPostgres.url(TestPostgres.port(), "nowhere")))
        .isInstanceOf(DatabaseUnreachable.class)
        .hasMessage(
            "PostgreSQL at 127.0.0.1:"
                + TestPostgres.port()
                + "/nowhere cannot be used: there is no such database");
  }

  @Test
  void aUserWhoIsRefusedIsNotNamed() {
    assertThatThrownBy(
            () ->
                deploy("postgres://stranger:secret@127.0.0.1:" + TestPostgres.port() + "/postgres"))
        .isInstanceOf(DatabaseUnreachable.class)
        .hasMessageContaining("the user or the password was refused")
        .hasMessageNotContaining("secret")
        .hasMessageNotContaining("stranger");
  }
}
