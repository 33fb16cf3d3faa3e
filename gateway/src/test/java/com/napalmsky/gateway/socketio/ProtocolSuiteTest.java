package com.napalmsky.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.gateway.engineio.EngineLoops;
import com.napalmsky.gateway.engineio.EngineMeter;
import com.napalmsky.gateway.engineio.TestSocket;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The Socket.IO rules of the official suite, against the server that the suite is run on. */
class ProtocolSuiteTest {

  private static Vertx vertx;
  private static EchoServer server;

  @BeforeAll
  static void start() throws Exception {
    vertx = Vertx.vertx();
    server = new EchoServer(EchoServer.suiteConfig(), new EngineLoops(), new EngineMeter(), 0);
    vertx
        .deployVerticle(server)
        .toCompletionStage()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
  }

  @AfterAll
  static void stop() throws Exception {
    server.stop().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @Test
  void theMainNamespaceIsConnectedWithAndWithoutAPayload() {
    TestSocket plain = open().send("40");
    assertThat(plain.next()).matches("40\\{\"sid\":\"[^\"]+\"}");
    plain.expect("42[\"auth\",{}]");

    TestSocket withPayload = open().send("40{\"token\":\"123\"}");
    assertThat(withPayload.next()).startsWith("40{");
    withPayload.expect("42[\"auth\",{\"token\":\"123\"}]");
  }

  @Test
  void aCustomNamespaceIsConnectedWithAndWithoutAPayload() {
    TestSocket plain = open().send("40/custom,");
    assertThat(plain.next()).matches("40/custom,\\{\"sid\":\"[^\"]+\"}");
    plain.expect("42/custom,[\"auth\",{}]");

    TestSocket withPayload = open().send("40/custom,{\"token\":\"abc\"}");
    assertThat(withPayload.next()).startsWith("40/custom,{");
    withPayload.expect("42/custom,[\"auth\",{\"token\":\"abc\"}]");
  }

  @Test
  void anUnknownNamespaceIsRefused() {
    open().send("40/random").expect("44/random,{\"message\":\"Invalid namespace\"}");
  }

  @Test
  void anInvalidHandshakeAndNoneAtAllCloseTheConnection() {
    open().send("4abc").expectEnd();
    open().expectEnd();
  }

  @Test
  void leavingTheMainNamespaceKeepsTheConnection() {
    TestSocket socket = connected().send("41");

    assertThat(socket.nextOrPing()).isEqualTo("2");
  }

  @Test
  void leavingACustomNamespaceKeepsTheMainOne() {
    TestSocket socket = connected().send("40/custom");
    assertThat(socket.next()).startsWith("40/custom,");
    socket.expect("42/custom,[\"auth\",{}]");

    socket.send("41/custom").send("42[\"message\",\"to main\"]");

    socket.expect("42[\"message-back\",\"to main\"]");
  }

  @Test
  void textAndBinaryEventsAreEchoedWithAndWithoutAcknowledgement() {
    TestSocket socket = connected();
    String placeholders = "{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]";

    socket
        .send("42[\"message\",1,\"2\",{\"3\":[true]}]")
        .expect("42[\"message-back\",1,\"2\",{\"3\":[true]}]");
    socket
        .send("42456[\"message-with-ack\",1,\"2\",{\"3\":[false]}]")
        .expect("43456[1,\"2\",{\"3\":[false]}]");
    socket
        .send("452-[\"message\"," + placeholders)
        .send(new byte[] {'a'})
        .send(new byte[] {'b'})
        .expect("452-[\"message-back\"," + placeholders, "binary a", "binary b");
    socket
        .send("452-789[\"message-with-ack\"," + placeholders)
        .send(new byte[] {'c'})
        .send(new byte[] {'d'})
        .expect("462-789[" + placeholders, "binary c", "binary d");
  }

  @Test
  void malformedPacketsCloseTheConnection() {
    connected().send("4abc").expectEnd();
    connected().send("42{}").expectEnd();
    connected().send("42abc[\"message-with-ack\",1]").expectEnd();
  }

  private static TestSocket open() {
    TestSocket socket =
        TestSocket.open(vertx, server.port(), "/socket.io/?EIO=4&transport=websocket");
    assertThat(socket.next()).startsWith("0{");
    return socket;
  }

  private static TestSocket connected() {
    TestSocket socket = open().send("40");
    assertThat(socket.next()).startsWith("40{");
    return socket.expect("42[\"auth\",{}]");
  }
}
