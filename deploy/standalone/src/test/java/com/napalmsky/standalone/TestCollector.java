package com.napalmsky.standalone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A collector of traces that takes OTLP over HTTP and keeps all of it. */
final class TestCollector implements AutoCloseable {

  private final HttpServer server;
  private final List<Span> spans = new CopyOnWriteArrayList<>();

  private TestCollector(HttpServer server) {
    this.server = server;
  }

  static TestCollector open() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    TestCollector collector = new TestCollector(server);
    server.createContext("/v1/traces", collector::take);
    server.start();
    return collector;
  }

  private void take(HttpExchange exchange) throws IOException {
    ExportTraceServiceRequest request =
        ExportTraceServiceRequest.parseFrom(exchange.getRequestBody().readAllBytes());
    request
        .getResourceSpansList()
        .forEach(
            resource ->
                resource.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList())));
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The spans of one trace, by trace. */
  Optional<List<Span>> trace(Predicate<List<Span>> wanted) {
    Map<String, List<Span>> traces =
        spans.stream()
            .collect(
                Collectors.groupingBy(
                    span -> HexFormat.of().formatHex(span.getTraceId().toByteArray())));
    return traces.values().stream().filter(wanted).findFirst();
  }

  List<Span> spans() {
    return List.copyOf(spans);
  }

  /** An attribute of a span, or an empty text. */
  static String attribute(Span span, String key) {
    return span.getAttributesList().stream()
        .filter(one -> one.getKey().equals(key))
        .map(one -> one.getValue().getStringValue())
        .findFirst()
        .orElse("");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
