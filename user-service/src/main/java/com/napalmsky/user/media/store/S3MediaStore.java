package com.napalmsky.user.media.store;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Files in a bucket of Amazon S3 or of any store that speaks its language. Amazon's client blocks,
 * so it works on workers; a file is streamed from disk.
 */
public final class S3MediaStore implements MediaStore {

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration SILENCE_LIMIT = Duration.ofSeconds(20);
  // 50 MB at 1 MB/s, twice.
  private static final Duration ATTEMPT_LIMIT = Duration.ofSeconds(50);
  private static final Duration CALL_LIMIT = Duration.ofSeconds(100);
  private static final String FOREVER = "public, max-age=31536000, immutable";

  private final S3Settings settings;
  private final String base;
  private final WorkerExecutor workers;
  private final S3Client client;
  private final S3Presigner presigner;

  /**
   * @param base of the addresses in profiles where the bucket has no public one; without a slash at
   *     its end
   */
  public S3MediaStore(S3Settings settings, String base, WorkerExecutor workers) {
    this.settings = settings;
    this.base = settings.publicUrl() == null ? base : settings.publicUrl();
    this.workers = workers;
    StaticCredentialsProvider keys =
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(settings.accessKey(), settings.secretKey()));
    S3Configuration style =
        S3Configuration.builder()
            .pathStyleAccessEnabled(settings.pathStyle())
            // Several stores do not understand bodies that are signed piece by piece.
            .chunkedEncodingEnabled(false)
            .build();
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(CONNECT_LIMIT)
                    .socketTimeout(SILENCE_LIMIT))
            .overrideConfiguration(
                limits -> limits.apiCallTimeout(CALL_LIMIT).apiCallAttemptTimeout(ATTEMPT_LIMIT))
            .region(Region.of(settings.region()))
            .credentialsProvider(keys)
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(style);
    S3Presigner.Builder signing =
        S3Presigner.builder()
            .region(Region.of(settings.region()))
            .credentialsProvider(keys)
            .serviceConfiguration(style);
    if (settings.endpoint() != null) {
      builder.endpointOverride(settings.endpoint());
      signing.endpointOverride(settings.endpoint());
    }
    client = builder.build();
    presigner = signing.build();
  }

  @Override
  public Future<Void> put(MediaName name, Path file) {
    return work(
        () ->
            client.putObject(
                request ->
                    request
                        .bucket(settings.bucket())
                        .key(name.text())
                        .contentType(name.contentType())
                        .contentDisposition(name.disposition())
                        .cacheControl(FOREVER),
                RequestBody.fromFile(file)));
  }

  @Override
  public Future<Void> delete(MediaName name) {
    return work(
        () -> client.deleteObject(request -> request.bucket(settings.bucket()).key(name.text())));
  }

  @Override
  public Place find(MediaName name) {
    if (settings.publicUrl() != null) {
      return new Elsewhere(address(name), Duration.ofDays(1));
    }
    String url =
        presigner
            .presignGetObject(
                signed ->
                    signed
                        .signatureDuration(settings.signedFor())
                        .getObjectRequest(
                            request -> request.bucket(settings.bucket()).key(name.text())))
            .url()
            .toString();
    return new Elsewhere(url, settings.signedFor());
  }

  @Override
  public String base() {
    return base;
  }

  @Override
  public void close() {
    client.close();
    presigner.close();
  }

  private Future<Void> work(Callable<?> task) {
    return workers.executeBlocking(
        () -> {
          Object ignored = task.call();
          return null;
        },
        false);
  }
}
