package com.napalmsky.user.media.store;

import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

class LocalMediaStoreTest extends MediaStoreSuite {

  @Override
  MediaStore open(Path folder, WorkerExecutor workers) throws IOException {
    return LocalMediaStore.in(folder.resolve("files"), "http://localhost:3001/uploads", workers);
  }

  @Override
  Optional<byte[]> fetch(MediaStore.Place place) throws IOException {
    Path file = ((MediaStore.Here) place).file();
    return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
  }
}
