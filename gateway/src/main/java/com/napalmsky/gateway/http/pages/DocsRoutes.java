package com.napalmsky.gateway.http.pages;

import com.napalmsky.gateway.http.Access;
import com.napalmsky.gateway.http.Answer;
import com.napalmsky.gateway.http.Inbound;
import com.napalmsky.gateway.http.Operation;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** {@code /docs} and what it needs, {@code /docs/events}, {@code /asyncapi.yaml}. */
public final class DocsRoutes {

  // Swagger UI sets styles from its script, which needs no allowance, and shows pictures of its
  // style sheet, which are data.
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
          + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final String WEBJAR = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";

  private final Function<Inbound, String> acceptEncoding;
  private final Function<Callable<Buffer>, Future<Buffer>> worker;

  /**
   * @param acceptEncoding the header of a request; empty for none, and for who wants nothing
   *     compressed
   * @param worker runs what may not run on an event loop and completes on the caller's context
   */
  public DocsRoutes(
      Function<Inbound, String> acceptEncoding, Function<Callable<Buffer>, Future<Buffer>> worker) {
    this.acceptEncoding = acceptEncoding;
    this.worker = worker;
  }

  /** One for each file: there is no path that would have to be resolved. */
  public List<Operation<?>> operations() {
    return Once.FILES.paths().stream().<Operation<?>>map(this::operation).toList();
  }

  private Operation<Inbound> operation(String path) {
    return Operation.get(path, Access.OPEN).answeredBy(caller -> file(path, caller.inbound()));
  }

  private Future<Answer> file(String path, Inbound inbound) {
    return Once.FILES.answer(path, acceptEncoding.apply(inbound), inbound.ifNoneMatch(), worker);
  }

  /** Read once for all event loops, when the first of them starts. */
  private static final class Once {
    static final StaticFiles FILES = files();
  }

  static StaticFiles files() {
    String version = swaggerVersion();
    String events = StaticFiles.text("/asyncapi.yaml");
    return StaticFiles.withPolicy(POLICY)
        .page("/docs", StaticFiles.text("/pages/docs.html").replace("@version@", version))
        .page(
            "/docs/events",
            EventsPage.of(AsyncApi.of(events), StaticFiles.text("/pages/events.html")))
        .folder("/docs", "/pages", List.of("pages.css", "docs.js"), Caching.ASK)
        .folder(
            "/docs/" + version,
            "/META-INF/resources/webjars/swagger-ui/" + version,
            List.of("swagger-ui.css", "swagger-ui-bundle.js"),
            Caching.FOREVER)
        .file("/asyncapi.yaml", "/asyncapi.yaml", Caching.ASK)
        .build();
  }

  /** The version that the build has chosen; it is part of the paths. */
  private static String swaggerVersion() {
    Properties jar = new Properties();
    try {
      jar.load(new StringReader(StaticFiles.text(WEBJAR)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    String version = jar.getProperty("version");
    if (version == null) {
      throw new IllegalStateException(WEBJAR + " names no version");
    }
    return version;
  }
}
