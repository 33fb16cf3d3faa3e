package com.napalmsky.shared.contract.media;

import com.napalmsky.shared.bus.Endpoint;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Selfies and intro videos. Over the bus goes where a file can be sent or fetched, never the file:
 * its bytes go over HTTP, from and to the listener that an answer names.
 */
public final class MediaContract {

  private MediaContract() {}

  /**
   * Asks for a place for one upload.
   *
   * @param declaredBytes what the client says it will send; -1 when it does not say
   */
  public record OpenUpload(UUID userId, MediaKind kind, long declaredBytes) {}

  /** Whether an upload may begin. */
  public enum OpenOutcome {
    OPENED,
    /** Larger than {@link MediaKind#mostBytes}. */
    TOO_LARGE,
    /** The user has uploaded as much as he may today. */
    QUOTA_USED_UP,
    USER_GONE
  }

  /**
   * @param ticket good for one {@code POST /uploads/<ticket>} that begins within 30 s; null unless
   *     opened
   * @param listener of the instance that holds the ticket; null unless opened
   * @param retrySeconds until a used-up quota is fresh again; 0 otherwise
   */
  public record UploadOpened(
      OpenOutcome outcome,
      @Nullable String ticket,
      @Nullable Listener listener,
      long retrySeconds) {

    @Override
    public String toString() {
      return "UploadOpened[outcome=" + outcome + "]";
    }
  }

  /** Where an instance of user-service takes and gives bytes, by plain HTTP/1.1. */
  public record Listener(String host, int port) {}

  /**
   * How an upload ended: the JSON answer of the listener, with status 200 in every case.
   *
   * @param url where everybody finds the file; null unless stored
   * @param problem what is wrong, as the end of a sentence that begins with the name of the field;
   *     null when stored
   */
  public record UploadEnded(
      UploadOutcome outcome, @Nullable String url, @Nullable String problem) {}

  /** How an upload ended. */
  public enum UploadOutcome {
    /** On disk or in the bucket, and in the profile. */
    STORED,
    TOO_LARGE,
    /** Neither of the types that are allowed, judged by its bytes. */
    WRONG_TYPE,
    /** Of a type that is allowed, but damaged, cut short, too long or too detailed. */
    UNUSABLE,
    /** A newer upload of the same kind by the same user has taken its place. */
    DISPLACED,
    USER_GONE
  }

  /**
   * @param name the last segment of the file's address
   */
  public record FindFile(String name) {}

  /**
   * Exactly one is set.
   *
   * @param listener who gives the file at {@code GET /files/<name>}, or answers 404
   * @param url where the file is elsewhere, good for at least {@code urlSeconds}
   */
  public record FoundFile(@Nullable Listener listener, @Nullable String url, long urlSeconds) {}

  public static final Endpoint<OpenUpload, UploadOpened> OPEN_UPLOAD =
      Endpoint.of("media.v1.open-upload", OpenUpload.class, UploadOpened.class);
  public static final Endpoint<FindFile, FoundFile> FIND_FILE =
      Endpoint.of("media.v1.find-file", FindFile.class, FoundFile.class);
}
