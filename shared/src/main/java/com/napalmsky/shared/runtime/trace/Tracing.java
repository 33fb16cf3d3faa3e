package com.napalmsky.shared.runtime.trace;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import io.vertx.core.VertxBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The traces of one process. Off unless {@link #ENDPOINT} is set; then every variable of
 * OpenTelemetry's SDK is understood as its documentation says.
 */
public interface Tracing extends AutoCloseable {

  /** Address of the collector, without a path: spans go to {@code /v1/traces} under it. */
  String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

  /** The switch that turns the SDK off whatever else is set. */
  String DISABLED = "OTEL_SDK_DISABLED";

  /** All keys that are read here, in the order of the table in the README of {@code shared}. */
  List<String> KEYS = List.of(ENDPOINT, DISABLED);

  /** Lets a Vert.x that is being built be traced, or leaves it as it is. */
  VertxBuilder observe(VertxBuilder building);

  /** Sends what waits, for a few seconds at most. Blocking. */
  @Override
  void close();

  /**
   * Begins to trace if a collector is set.
   *
   * @param service what the process is called in traces, unless {@code OTEL_SERVICE_NAME} is set
   * @throws InvalidSetting when a setting cannot be used
   */
  static Tracing from(Map<String, String> environment, String service) {
    Settings settings = new Settings(environment);
    String endpoint = settings.optionalText(ENDPOINT);
    if (endpoint == null || settings.flag(DISABLED, false)) {
      return new Untraced();
    }
    String checked = settings.webAddress(ENDPOINT, endpoint);
    Map<String, String> own = new HashMap<>();
    own.put("otel.service.name", service);
    own.put("otel.exporter.otlp.endpoint", checked);
    return OtlpTracing.begin(own);
  }
}
