package com.napalmsky.gateway.http.pages;

import com.napalmsky.gateway.http.Answer;
import com.napalmsky.gateway.http.Pages;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The browser client as the build has put it into the jar: one page at the address of each of its
 * pages, and its files. Both lists are written by the build, so that no address of the API is taken
 * by accident and no path is resolved.
 *
 * <p>Safe from any context.
 */
public final class BrowserClient implements Pages {

  private static final String FOLDER = "/web/";
  private static final String PAGE = "index.html";

  /** Their names hold a hash of their content. */
  private static final String HASHED = "assets/";

  private static final String START = "/";
  private static final String SERVICE_WORKER = "/worker.js";
  private static final CharSequence POLICY = HttpHeaders.createOptimized("Content-Security-Policy");
  private static final String VARY = "Origin, Accept-Encoding, Accept";

  private final StaticFiles files;
  private final String policy;
  private final List<String[]> pages;
  private final Function<Callable<Buffer>, Future<Buffer>> worker;

  private BrowserClient(
      StaticFiles files,
      String policy,
      List<String[]> pages,
      Function<Callable<Buffer>, Future<Buffer>> worker) {
    this.files = files;
    this.policy = policy;
    this.pages = pages;
    this.worker = worker;
  }

  /**
   * Reads it from the jar; blocks for some milliseconds.
   *
   * @param apiBase whose origin pictures and videos of people are addressed at
   * @param stores origins to which these addresses lead on, or that are in them instead
   * @param worker runs what may not run on an event loop and completes on the caller's context
   * @throws IllegalStateException when the build has not put it there
   */
  public static BrowserClient read(
      String apiBase, List<String> stores, Function<Callable<Buffer>, Future<Buffer>> worker) {
    String media =
        Stream.concat(Stream.of(origin(apiBase)), stores.stream())
            .distinct()
            .collect(Collectors.joining(" "));
    String policy = policy(media);
    StaticFiles.Builder files = StaticFiles.withPolicy(policy);
    lines(FOLDER + "files").forEach(name -> add(files, name));
    List<String[]> pages = lines(FOLDER + "pages").stream().map(BrowserClient::segments).toList();
    return new BrowserClient(files.build(), policy, pages, worker);
  }

  private static void add(StaticFiles.Builder files, String name) {
    if (name.equals(PAGE)) {
      files.encoded(START, FOLDER + PAGE, Caching.ASK);
    } else {
      Caching caching = name.startsWith(HASHED) ? Caching.FOREVER : Caching.ASK;
      files.encoded("/" + name, FOLDER + name, caching);
    }
  }

  @Override
  public @Nullable Future<Answer> find(Ask ask) {
    String path = ask.path();
    // At this address the API says how it is, to everybody but people.
    if (path.equals(START)) {
      return ask.html() ? page(ask) : null;
    }
    if (files.paths().contains(path)) {
      Future<Answer> file = files.answer(path, ask.acceptEncoding(), ask.ifNoneMatch(), worker);
      // Unlike a page's scripts it runs by the policy that comes with itself.
      return path.equals(SERVICE_WORKER) ? file.map(answer -> answer.with(POLICY, policy)) : file;
    }
    return isPage(segments(path)) ? page(ask) : null;
  }

  @Override
  public @Nullable Future<Answer> missing(Ask ask) {
    return ask.html()
        ? files
            .answer(START, ask.acceptEncoding(), null, worker)
            .map(page -> page.withStatus(404).with(HttpHeaders.VARY, VARY))
        : null;
  }

  private Future<Answer> page(Ask ask) {
    return files
        .answer(START, ask.acceptEncoding(), ask.ifNoneMatch(), worker)
        .map(answer -> answer.with(HttpHeaders.VARY, VARY));
  }

  private boolean isPage(String[] segments) {
    for (String[] page : pages) {
      if (fits(page, segments)) {
        return true;
      }
    }
    return false;
  }

  private static boolean fits(String[] page, String[] segments) {
    if (page.length != segments.length) {
      return false;
    }
    for (int i = 0; i < page.length; i++) {
      boolean named = page[i].startsWith(":") && !segments[i].isEmpty();
      if (!named && !page[i].equals(segments[i])) {
        return false;
      }
    }
    return true;
  }

  private static String[] segments(String path) {
    String whole = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return whole.split("/", -1);
  }

  private static List<String> lines(String resource) {
    return StaticFiles.text(resource).lines().toList();
  }

  private static String origin(String base) {
    URI uri = URI.create(base);
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }

  private static String policy(String media) {
    return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob: "
        + media
        + "; media-src 'self' blob: "
        + media
        + "; connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  }
}
