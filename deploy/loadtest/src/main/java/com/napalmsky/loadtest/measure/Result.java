package com.napalmsky.loadtest.measure;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run showed, in the order in which it is to be read.
 *
 * @param options what the run was given
 * @param figures single numbers by name
 * @param latencies distributions by name
 * @param failures counts by kind
 * @param series numbers over time: a column of values for each name, one a second
 * @param notes what a reader must know to believe the numbers
 */
public record Result(
    String scenario,
    Map<String, String> options,
    Map<String, Figure> figures,
    Map<String, Percentiles> latencies,
    Map<String, Long> failures,
    Map<String, List<Double>> series,
    List<String> notes) {

  /** For a file. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject().put("scenario", scenario);
    JsonObject optionsJson = new JsonObject();
    options.forEach(optionsJson::put);
    JsonObject figuresJson = new JsonObject();
    figures.forEach(
        (name, figure) ->
            figuresJson.put(
                name, new JsonObject().put("value", figure.value()).put("unit", figure.unit())));
    JsonObject latenciesJson = new JsonObject();
    latencies.forEach((name, latency) -> latenciesJson.put(name, latency.toJson()));
    JsonObject failuresJson = new JsonObject();
    failures.forEach(failuresJson::put);
    JsonObject seriesJson = new JsonObject();
    series.forEach((name, values) -> seriesJson.put(name, new JsonArray(new ArrayList<>(values))));
    return json.put("options", optionsJson)
        .put("figures", figuresJson)
        .put("latencies", latenciesJson)
        .put("failures", failuresJson)
        .put("series", seriesJson)
        .put("notes", new JsonArray(new ArrayList<>(notes)));
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws ClassCastException for something else
   */
  public static Result fromJson(JsonObject json) {
    Map<String, String> options = new LinkedHashMap<>();
    part(json, "options").forEach(entry -> options.put(entry.getKey(), entry.getValue() + ""));
    Map<String, Figure> figures = new LinkedHashMap<>();
    JsonObject figuresJson = part(json, "figures");
    for (String name : figuresJson.fieldNames()) {
      JsonObject figure = figuresJson.getJsonObject(name);
      figures.put(name, new Figure(figure.getDouble("value"), figure.getString("unit", "")));
    }
    Map<String, Percentiles> latencies = new LinkedHashMap<>();
    JsonObject latenciesJson = part(json, "latencies");
    for (String name : latenciesJson.fieldNames()) {
      latencies.put(name, Percentiles.fromJson(latenciesJson.getJsonObject(name)));
    }
    Map<String, Long> failures = new LinkedHashMap<>();
    JsonObject failuresJson = part(json, "failures");
    failuresJson.fieldNames().forEach(kind -> failures.put(kind, failuresJson.getLong(kind)));
    Map<String, List<Double>> series = new LinkedHashMap<>();
    JsonObject seriesJson = part(json, "series");
    for (String name : seriesJson.fieldNames()) {
      List<Double> values = new ArrayList<>();
      seriesJson.getJsonArray(name).forEach(value -> values.add(((Number) value).doubleValue()));
      series.put(name, values);
    }
    List<String> notes = new ArrayList<>();
    json.getJsonArray("notes", new JsonArray()).forEach(note -> notes.add(String.valueOf(note)));
    return new Result(
        json.getString("scenario", "?"), options, figures, latencies, failures, series, notes);
  }

  private static JsonObject part(JsonObject json, String name) {
    return json.getJsonObject(name, new JsonObject());
  }
}
