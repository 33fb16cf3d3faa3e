package com.napalmsky.shared.runtime.trace;

import com.napalmsky.shared.runtime.InvalidSetting;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.vertx.core.VertxBuilder;
import io.vertx.tracing.opentelemetry.OpenTelemetryTracingFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Spans to a collector by OTLP over HTTP. The only class that knows OpenTelemetry. */
final class OtlpTracing implements Tracing {

  private static final int SEND_WITHIN_SECONDS = 5;

  /** Metrics and logs have ways of their own. */
  private static final Map<String, String> SPANS_ONLY =
      Map.of(
          "otel.metrics.exporter", "none",
          "otel.logs.exporter", "none",
          "otel.exporter.otlp.protocol", "http/protobuf");

  private final OpenTelemetrySdk sdk;

  private OtlpTracing(OpenTelemetrySdk sdk) {
    this.sdk = sdk;
  }

  /**
   * Starts the SDK.
   *
   * @param own what it is told unless the environment says otherwise
   */
  static Tracing begin(Map<String, String> own) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    Map<String, String> properties = new HashMap<>(SPANS_ONLY);
    properties.putAll(own);
    try {
      return new OtlpTracing(
          AutoConfiguredOpenTelemetrySdk.builder()
              // Ours is the only hook on the stop signal.
              .disableShutdownHook()
              .addPropertiesSupplier(() -> properties)
              .addSpanExporterCustomizer((exporter, config) -> new SparingExporter(exporter))
              .build()
              .getOpenTelemetrySdk());
    } catch (ConfigurationException wrong) {
      throw new InvalidSetting(ENDPOINT, "is set, but " + wrong.getMessage());
    }
  }

  @Override
  public VertxBuilder observe(VertxBuilder building) {
    return building.withTracer(new OpenTelemetryTracingFactory(sdk));
  }

  @Override
  public void close() {
    sdk.getSdkTracerProvider().shutdown().join(SEND_WITHIN_SECONDS, TimeUnit.SECONDS);
  }
}
