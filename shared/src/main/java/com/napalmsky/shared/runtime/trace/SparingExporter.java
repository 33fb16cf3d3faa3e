package com.napalmsky.shared.runtime.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Sends of each span what tells where time goes, and nothing about people: of a path only words, of
 * a query its text without values, of an error no text, of a peer on the network nothing.
 */
final class SparingExporter implements SpanExporter {

  /** What Vert.x writes down that is the same for many people. */
  private static final Set<String> KEPT =
      Set.of(
          "http.request.method",
          "http.response.status_code",
          "messaging.system",
          "messaging.operation.name",
          "messaging.destination.name",
          "db.system",
          "db.namespace",
          "db.query.text",
          "db.operation.name");

  private static final String PATH = "url.path";

  /** A part of a path that is a word of ours; the others are ids, codes and names of files. */
  private static final Pattern WORD = Pattern.compile("[a-z][a-z.-]{0,23}");

  private final SpanExporter collector;

  SparingExporter(SpanExporter collector) {
    this.collector = collector;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    return collector.export(spans.stream().<SpanData>map(Spared::new).toList());
  }

  @Override
  public CompletableResultCode flush() {
    return collector.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return collector.shutdown();
  }

  /** A path with what stands for one person or thing taken out: {@code /user/{}/report}. */
  static String words(String path) {
    return Arrays.stream(path.split("/", -1))
        .map(part -> part.isEmpty() || WORD.matcher(part).matches() ? part : "{}")
        .collect(Collectors.joining("/"));
  }

  private static final class Spared extends DelegatingSpanData {

    private final Attributes kept;

    Spared(SpanData span) {
      super(span);
      AttributesBuilder attributes = Attributes.builder();
      span.getAttributes()
          .forEach(
              (key, value) -> {
                if (KEPT.contains(key.getKey())) {
                  put(attributes, key, value);
                } else if (key.getKey().equals(PATH)) {
                  attributes.put(PATH, words(String.valueOf(value)));
                }
              });
      kept = attributes.build();
    }

    @SuppressWarnings("unchecked")
    private static void put(AttributesBuilder attributes, AttributeKey<?> key, Object value) {
      attributes.put((AttributeKey<Object>) key, value);
    }

    @Override
    public Attributes getAttributes() {
      return kept;
    }

    /** Vert.x makes an event of each error, with its text. */
    @Override
    public List<EventData> getEvents() {
      return List.of();
    }
  }
}
