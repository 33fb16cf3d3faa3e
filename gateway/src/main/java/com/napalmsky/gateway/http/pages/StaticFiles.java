package com.napalmsky.gateway.http.pages;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.gateway.http.Answer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A fixed set of files, each sent as Brotli, as gzip or as it is. Each form is made once for the
 * process, when somebody first asks for it, and kept; the set bounds what that takes.
 *
 * <p>Those that the build has encoded are taken as they are. Safe from any context. Answers carry
 * {@code Content-Encoding}, by which Vert.x knows that nothing is left to compress.
 */
public final class StaticFiles {

  private static final CharSequence POLICY = HttpHeaders.createOptimized("Content-Security-Policy");

  private final Map<String, StaticFile> files;
  private final String policy;

  private StaticFiles(Map<String, StaticFile> files, String policy) {
    this.files = files;
    this.policy = policy;
  }

  /**
   * @param policy the {@code Content-Security-Policy} of the HTML pages among the files
   */
  public static Builder withPolicy(String policy) {
    return new Builder(policy);
  }

  /** The paths that there are, in the order of their addition. */
  public Set<String> paths() {
    return files.keySet();
  }

  /**
   * Answers with a file, or with 304 when the client has this form of it. For {@code HEAD} as well:
   * the length is always told.
   *
   * @param path one of {@link #paths}; looked up as it is
   * @param acceptEncoding the header; empty for none, and for who wants nothing compressed
   * @param ifNoneMatch the header, or null
   * @param worker runs what may not run on an event loop and completes on the caller's context
   * @return 404 when there is no such path
   */
  public Future<Answer> answer(
      String path,
      String acceptEncoding,
      @Nullable String ifNoneMatch,
      Function<Callable<Buffer>, Future<Buffer>> worker) {
    StaticFile file = files.get(path);
    if (file == null) {
      return Future.succeededFuture(Answer.error(404, "There is nothing at this address"));
    }
    Coding coding = file.pick(acceptEncoding);
    if (has(ifNoneMatch, file.tag(coding))) {
      return Future.succeededFuture(described(Answer.empty(304), file, coding));
    }
    Buffer ready = file.ready(coding);
    return (ready == null ? worker.apply(() -> file.form(coding)) : Future.succeededFuture(ready))
        .map(
            body ->
                described(new Answer(200, file.contentType(), body), file, coding)
                    .with(HttpHeaders.CONTENT_ENCODING, coding.token())
                    // Vert.x tells it only where it sends a body.
                    .with(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length())));
  }

  private Answer described(Answer answer, StaticFile file, Coding coding) {
    if (file.isPage()) {
      answer.with(POLICY, policy);
    }
    return answer
        .with(HttpHeaders.ETAG, file.tag(coding))
        .with(HttpHeaders.CACHE_CONTROL, file.cacheControl());
  }

  private static boolean has(@Nullable String ifNoneMatch, String tag) {
    if (ifNoneMatch == null) {
      return false;
    }
    for (String one : ifNoneMatch.split(",")) {
      String candidate = one.trim();
      // Weak comparison, as RFC 9110 has it for this header.
      if (candidate.equals("*") || candidate.equals(tag) || candidate.equals("W/" + tag)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Text in the jar.
   *
   * @param resource its absolute name
   * @throws IllegalStateException when it is missing
   */
  static String text(String resource) {
    return new String(bytes(resource), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String resource) {
    byte[] found = found(resource);
    if (found == null) {
      throw new IllegalStateException(resource + " is missing in the jar");
    }
    return found;
  }

  private static byte @Nullable [] found(String resource) {
    try (InputStream in = StaticFiles.class.getResourceAsStream(resource)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Collects the files; reads them at once, so that what is missing is missing at the start. */
  public static final class Builder {

    private final Map<String, StaticFile> files = new LinkedHashMap<>();
    private final String policy;

    private Builder(String policy) {
      this.policy = policy;
    }

    /**
     * Adds files of one folder in the jar.
     *
     * @param path of the folder, such as {@code /docs}
     * @param folder its absolute name in the jar
     * @param names of the files: these and no others can be reached
     */
    @CanIgnoreReturnValue
    public Builder folder(String path, String folder, List<String> names, Caching caching) {
      for (String name : names) {
        file(path + "/" + name, folder + "/" + name, caching);
      }
      return this;
    }

    /** Adds one file of the jar, whose name tells its type. */
    @CanIgnoreReturnValue
    public Builder file(String path, String resource, Caching caching) {
      return add(path, new StaticFile(resource, bytes(resource), caching));
    }

    /**
     * Adds one file of the jar with the forms that the build has put beside it, named {@code .br}
     * and {@code .gz}: nothing is left to compress.
     */
    @CanIgnoreReturnValue
    public Builder encoded(String path, String resource, Caching caching) {
      Map<Coding, byte[]> forms = new EnumMap<>(Coding.class);
      for (Coding coding : Coding.values()) {
        byte[] form = coding == Coding.IDENTITY ? null : found(resource + coding.extension());
        if (form != null) {
          forms.put(coding, form);
        }
      }
      return add(path, new StaticFile(resource, bytes(resource), forms, caching));
    }

    /** Adds a page that was made just now. */
    @CanIgnoreReturnValue
    public Builder page(String path, String html) {
      return add(
          path, new StaticFile("page.html", html.getBytes(StandardCharsets.UTF_8), Caching.ASK));
    }

    private Builder add(String path, StaticFile file) {
      if (files.put(path, file) != null) {
        throw new IllegalArgumentException("two files at " + path);
      }
      return this;
    }

    /** The whole set. */
    public StaticFiles build() {
      return new StaticFiles(Collections.unmodifiableMap(new LinkedHashMap<>(files)), policy);
    }
  }
}
