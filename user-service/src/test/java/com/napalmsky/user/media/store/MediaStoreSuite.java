package com.napalmsky.user.media.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.user.UserStage;
import com.napalmsky.user.media.store.MediaStore.Place;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store does. */
abstract class MediaStoreSuite {

  @TempDir Path folder;

  private Vertx vertx;
  private MediaStore store;

  abstract MediaStore open(Path folder, WorkerExecutor workers) throws Exception;

  /** What a client finds there; empty when there is nothing. */
  abstract Optional<byte[]> fetch(Place place) throws Exception;

  @BeforeEach
  void start() throws Exception {
    vertx = Vertx.vertx();
    store = open(folder, vertx.createSharedWorkerExecutor("store", 2));
  }

  @AfterEach
  void stop() {
    store.close();
    UserStage.await(vertx.close());
  }

  MediaStore store() {
    return store;
  }

  static MediaName name(String extension) {
    return MediaName.random(new SecureRandom(), extension);
  }

  private Path file(byte[] content) throws Exception {
    return Files.write(folder.resolve("to-be-stored"), content);
  }

  @Test
  void whatWasPutIsFoundAsItWas() throws Exception {
    byte[] content = new byte[300_000];
    new Random(1).nextBytes(content);
    for (String extension : new String[] {"jpg", "webm", "mp4"}) {
      MediaName name = name(extension);

      UserStage.await(store.put(name, file(content)));

      assertThat(fetch(store.find(name))).hasValue(content);
    }
  }

  @Test
  void anEmptyFileIsAFileToo() throws Exception {
    MediaName name = name("mp4");

    UserStage.await(store.put(name, file(new byte[0])));

    assertThat(fetch(store.find(name))).hasValue(new byte[0]);
  }

  @Test
  void whatWasNeverPutIsNotFound() throws Exception {
    assertThat(fetch(store.find(name("jpg")))).isEmpty();
  }

  @Test
  void whatWasDeletedIsGoneAndMayBeDeletedAgain() throws Exception {
    MediaName gone = name("jpg");
    MediaName kept = name("jpg");
    UserStage.await(store.put(gone, file(new byte[] {1})));
    UserStage.await(store.put(kept, file(new byte[] {2})));

    UserStage.await(store.delete(gone));
    UserStage.await(store.delete(gone));

    assertThat(fetch(store.find(gone))).isEmpty();
    assertThat(fetch(store.find(kept))).hasValue(new byte[] {2});
  }

  @Test
  void aFileThatIsNotThereCannotBePut() {
    MediaName name = name("jpg");

    assertThatThrownBy(() -> UserStage.await(store.put(name, folder.resolve("nothing"))))
        .isNotNull();
  }

  @Test
  void anAddressEndsInTheName() {
    MediaName name = name("jpg");

    assertThat(store.address(name)).isEqualTo(store.base() + "/" + name.text());
  }
}
