package com.napalmsky.user.media.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.user.UserStage;
import com.napalmsky.user.media.store.BucketStandIn.Stored;
import com.napalmsky.user.media.store.MediaStore.Elsewhere;
import com.napalmsky.user.media.store.MediaStore.Place;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a bucket that computes each signature anew. */
class S3MediaStoreTest extends MediaStoreSuite {

  private BucketStandIn bucket;

  @BeforeEach
  @Override
  void start() throws Exception {
    bucket = new BucketStandIn();
    super.start();
  }

  @AfterEach
  void closeBucket() {
    bucket.close();
  }

  private S3Settings settings(String... more) {
    Map<String, String> environment = new HashMap<>();
    environment.put("USER_MEDIA_S3_ENDPOINT", bucket.endpoint());
    environment.put("USER_MEDIA_S3_REGION", BucketStandIn.REGION);
    environment.put("USER_MEDIA_S3_BUCKET", BucketStandIn.BUCKET);
    environment.put("USER_MEDIA_S3_ACCESS_KEY", BucketStandIn.ACCESS_KEY);
    environment.put("USER_MEDIA_S3_SECRET_KEY", BucketStandIn.SECRET_KEY);
    environment.put("USER_MEDIA_S3_PATH_STYLE", "true");
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return S3Settings.from(new Settings(environment), true);
  }

  @Override
  MediaStore open(Path folder, WorkerExecutor workers) {
    return new S3MediaStore(settings(), "http://localhost:3001/uploads", workers);
  }

  @Override
  Optional<byte[]> fetch(Place place) throws Exception {
    HttpResponse<byte[]> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(((Elsewhere) place).url())).build(),
                BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isIn(200, 404);
    assertThat(bucket.refusals).isEmpty();
    return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
  }

  private Path file() throws IOException {
    return Files.write(folder.resolve("to-be-stored"), new byte[] {1, 2, 3});
  }

  @Test
  void theBucketGivesFilesOutAsWeWould() throws Exception {
    MediaName name = name("webm");

    UserStage.await(store().put(name, file()));

    Stored stored = bucket.objects.get(name.text());
    assertThat(stored.headers())
        .containsEntry("Content-Type", "video/webm")
        .containsEntry("Cache-Control", "public, max-age=31536000, immutable")
        .containsEntry("Content-Disposition", "inline; filename=\"video.webm\"");
  }

  @Test
  void aStoreThatFailsForAMomentIsTriedAgain() throws Exception {
    MediaName name = name("jpg");
    bucket.failuresToCome = 1;

    UserStage.await(store().put(name, file()));

    assertThat(bucket.objects).containsKey(name.text());
  }

  @Test
  void aSignedAddressIsGoodForNoOtherFileAndNoOtherVerb() throws Exception {
    MediaName name = name("jpg");
    MediaName other = name("jpg");
    UserStage.await(store().put(name, file()));
    UserStage.await(store().put(other, file()));
    String url = ((Elsewhere) store().find(name)).url();

    HttpClient client = HttpClient.newHttpClient();
    URI forged = URI.create(url.replace(name.text(), other.text()));
    HttpResponse<Void> guessed =
        client.send(HttpRequest.newBuilder(forged).build(), BodyHandlers.discarding());
    HttpResponse<Void> deleted =
        client.send(
            HttpRequest.newBuilder(URI.create(url)).DELETE().build(), BodyHandlers.discarding());

    assertThat(guessed.statusCode()).isEqualTo(403);
    assertThat(deleted.statusCode()).isEqualTo(403);
    assertThat(url).contains("X-Amz-Expires=3600").doesNotContain(BucketStandIn.SECRET_KEY);
  }

  @Test
  void aPublicBucketIsNamedAsItIs() throws Exception {
    Vertx vertx = Vertx.vertx();
    MediaStore open =
        new S3MediaStore(
            settings("USER_MEDIA_S3_PUBLIC_URL", bucket.endpoint() + "/public/"),
            "http://localhost:3001/uploads",
            vertx.createSharedWorkerExecutor("public", 1));
    MediaName name = name("jpg");

    UserStage.await(open.put(name, file()));

    assertThat(open.address(name)).isEqualTo(bucket.endpoint() + "/public/" + name);
    assertThat(open.find(name)).isInstanceOf(Elsewhere.class);
    assertThat(fetch(open.find(name))).hasValue(new byte[] {1, 2, 3});
    open.close();
    UserStage.await(vertx.close());
  }

  @Test
  void wrongKeysAreRefusedAndNotPrinted() throws Exception {
    Vertx vertx = Vertx.vertx();
    S3Settings wrong = settings("USER_MEDIA_S3_SECRET_KEY", "another-secret");
    MediaStore store =
        new S3MediaStore(wrong, "http://x", vertx.createSharedWorkerExecutor("wrong", 1));

    assertThatThrownBy(() -> UserStage.await(store.put(name("jpg"), file())))
        .message()
        .contains("403")
        .doesNotContain("another-secret");
    assertThat(wrong.toString()).doesNotContain("another-secret").doesNotContain("AKIATEST");
    store.close();
    UserStage.await(vertx.close());
  }
}
