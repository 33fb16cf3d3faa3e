package com.napalmsky.user.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.contract.media.MediaContract;
import com.napalmsky.shared.contract.media.MediaContract.FindFile;
import com.napalmsky.shared.contract.media.MediaContract.Listener;
import com.napalmsky.shared.contract.media.MediaContract.OpenUpload;
import com.napalmsky.shared.contract.media.MediaContract.UploadOpened;
import com.napalmsky.shared.contract.media.MediaKind;
import com.napalmsky.shared.contract.user.Gender;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.GetAccount;
import com.napalmsky.shared.contract.user.UserContract.SignUp;
import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.user.TestPostgres;
import com.napalmsky.user.UserConfig;
import com.napalmsky.user.UserService;
import com.napalmsky.user.UserStage;
import com.napalmsky.user.media.content.Pictures;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole service with its listener, as gateways use it. */
@ExtendWith(VertxExtension.class)
class MediaVerticleTest {

  @TempDir Path folder;

  private final HttpClient client = HttpClient.newHttpClient();
  private TypedBus bus;
  private UUID ada;

  @BeforeEach
  void deploy(Vertx vertx) {
    bus = new TypedBus(vertx);
    UserStage.await(UserService.deploy(vertx, config(folder.resolve("media"))));
    ada =
        UserStage.await(
                bus.request(
                    UserContract.SIGN_UP,
                    new SignUp("Ada", Gender.FEMALE, null, null, UserStage.ORIGIN)))
            .session()
            .userId();
  }

  private static UserConfig config(Path directory, String... more) {
    Map<String, String> environment = new HashMap<>();
    environment.put("DATABASE_URL", TestPostgres.freshUrl());
    environment.put("API_BASE", "https://media.example.org/");
    environment.put("USER_MEDIA_DIR", directory.toString());
    environment.put("USER_MEDIA_RESERVE_MEGABYTES", "0");
    environment.put("USER_CONNECT_TIMEOUT_MILLIS", "25000");
    environment.put("USER_QUERY_TIMEOUT_MILLIS", "25000");
    environment.put("USER_TRANSACTION_TIMEOUT_MILLIS", "25000");
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return UserConfig.from(new Settings(environment));
  }

  @Test
  void aDirectoryOrAPortThatCannotBeUsedIsNamed(Vertx vertx) throws Exception {
    Path occupied = Files.writeString(folder.resolve("file"), "no directory");
    assertThatThrownBy(() -> UserStage.await(UserService.deploy(vertx, config(occupied))))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith("USER_MEDIA_DIR cannot be used: ");

    String port = String.valueOf(open(MediaKind.SELFIE).listener().port());
    assertThatThrownBy(
            () ->
                UserStage.await(
                    UserService.deploy(
                        vertx, config(folder.resolve("other"), "USER_MEDIA_PORT", port))))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith("USER_MEDIA_PORT cannot be used: ");
  }

  private UploadOpened open(MediaKind kind) {
    return UserStage.await(bus.request(MediaContract.OPEN_UPLOAD, new OpenUpload(ada, kind, 1000)));
  }

  private static URI uri(Listener listener, String path) {
    return URI.create("http://" + listener.host() + ":" + listener.port() + path);
  }

  private String stored() throws Exception {
    UploadOpened opened = open(MediaKind.SELFIE);
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(uri(opened.listener(), "/uploads/" + opened.ticket()))
                .POST(BodyPublishers.ofByteArray(Pictures.jpeg(300, 200)))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonObject body = new JsonObject(answer.body());
    assertThat(body.getString("outcome")).isEqualTo("STORED");
    return body.getString("url");
  }

  private HttpResponse<byte[]> get(String url, String... headers) throws Exception {
    String name = url.substring(url.lastIndexOf('/') + 1);
    Listener listener =
        UserStage.await(bus.request(MediaContract.FIND_FILE, new FindFile(name))).listener();
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(listener, "/files/" + name));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse(null);
  }

  @Test
  void aFileComesInAndGoesOut() throws Exception {
    String url = stored();

    assertThat(url).startsWith("https://media.example.org/uploads/");
    assertThat(
            UserStage.await(bus.request(UserContract.GET_ACCOUNT, new GetAccount(ada)))
                .account()
                .person()
                .selfieUrl())
        .isEqualTo(url);
    HttpResponse<byte[]> answer = get(url);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).startsWith(0xff, 0xd8, 0xff);
    assertThat(header(answer, "content-type")).isEqualTo("image/jpeg");
    assertThat(header(answer, "content-length")).isEqualTo("" + answer.body().length);
    assertThat(header(answer, "accept-ranges")).isEqualTo("bytes");
    assertThat(header(answer, "content-disposition")).isEqualTo("inline; filename=\"selfie.jpg\"");
    assertThat(header(answer, "cache-control")).isEqualTo("public, max-age=31536000, immutable");
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-9, 206, 0, 10",
    "bytes=5-, 206, 5, -1",
    "bytes=-7, 206, -7, -1",
    "bytes=3-99999999, 206, 3, -1",
    "bytes=-99999999, 206, 0, -1",
    "'bytes=0-1,4-5', 200, 0, -1",
    "bytes=9-3, 200, 0, -1",
    "bytes=-, 200, 0, -1",
    "lines=0-9, 200, 0, -1",
    "bytes=99999999-, 416, 0, 0",
    "bytes=-0, 416, 0, 0"
  })
  void aPartIsGivenWhereAPartIsAskedFor(String range, int status, int from, int to)
      throws Exception {
    String url = stored();
    byte[] whole = get(url).body();

    HttpResponse<byte[]> answer = get(url, "Range", range);

    int begin = from < 0 ? whole.length + from : from;
    int end = to < 0 ? whole.length : to;
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(whole, begin, end));
    if (status == 206) {
      assertThat(header(answer, "content-range"))
          .isEqualTo("bytes " + begin + "-" + (end - 1) + "/" + whole.length);
    } else if (status == 416) {
      assertThat(header(answer, "content-range")).isEqualTo("bytes */" + whole.length);
    } else {
      assertThat(header(answer, "content-range")).isNull();
    }
  }

  @Test
  void whoHasTheFileIsToldSo() throws Exception {
    String url = stored();
    HttpResponse<byte[]> first = get(url);
    String tag = header(first, "etag");

    assertThat(get(url, "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(get(url, "If-None-Match", "\"x\", W/" + tag).statusCode()).isEqualTo(304);
    assertThat(get(url, "If-None-Match", "*").body()).isEmpty();
    assertThat(get(url, "If-None-Match", "\"x\"").statusCode()).isEqualTo(200);
    String modified = header(first, "last-modified");
    assertThat(get(url, "If-Modified-Since", modified).statusCode()).isEqualTo(304);
    assertThat(get(url, "If-Modified-Since", "Thu, 01 Jan 1970 00:00:00 GMT").statusCode())
        .isEqualTo(200);
    assertThat(get(url, "If-Modified-Since", "yesterday").statusCode()).isEqualTo(200);
    assertThat(get(url, "If-None-Match", "\"x\"", "If-Modified-Since", modified).statusCode())
        .as("the tag decides where there is one")
        .isEqualTo(200);
    assertThat(get(url, "Range", "bytes=0-0", "If-Range", tag).statusCode()).isEqualTo(206);
    assertThat(get(url, "Range", "bytes=0-0", "If-Range", "\"x\"").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/files/AAAAAAAAAAAAAAAAAAAAAAAA.jpg",
        "/files/../spool/x",
        "/files/..%2f..%2fetc%2fpasswd",
        "/files/AAAAAAAAAAAAAAAAAAAAAAAA.html",
        "/files/",
        "/uploads/invented",
        "/"
      })
  void whatIsNotThereIsNotThere(String path) throws Exception {
    Listener listener = open(MediaKind.SELFIE).listener();

    try (Socket socket = new Socket(listener.host(), listener.port())) {
      socket
          .getOutputStream()
          .write(
              ("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(answer).startsWith("HTTP/1.1 404");
    }
  }

  @Test
  void aConnectionThatBreaksLeavesNothing() throws Exception {
    UploadOpened opened = open(MediaKind.VIDEO);
    Path spool = folder.resolve("media/spool");

    try (Socket socket = new Socket(opened.listener().host(), opened.listener().port())) {
      socket
          .getOutputStream()
          .write(
              ("POST /uploads/"
                      + opened.ticket()
                      + " HTTP/1.1\r\nHost: x\r\n"
                      + "Content-Length: 5000000\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(new byte[200_000]);
      socket.getOutputStream().flush();
      MediaStage.until("it is being received", () -> files(spool) == 1);
    }

    MediaStage.until("it is gone", () -> files(spool) == 0);
  }

  private static long files(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.count();
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Test
  void aNameThatCannotBeIsRefusedOnTheBus() {
    assertThat(
            org.assertj.core.api.Assertions.catchThrowableOfType(
                    ServiceFailure.class,
                    () ->
                        UserStage.await(bus.request(MediaContract.FIND_FILE, new FindFile("../x"))))
                .code())
        .isEqualTo(ServiceFailure.Code.INVALID_REQUEST);
  }
}
