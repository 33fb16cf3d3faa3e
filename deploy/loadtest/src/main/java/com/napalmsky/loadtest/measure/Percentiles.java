package com.napalmsky.loadtest.measure;

import io.vertx.core.json.JsonObject;
import org.HdrHistogram.Histogram;

/** A distribution in milliseconds; all 0 when nothing was counted. */
public record Percentiles(
    long count, double mean, double p50, double p90, double p99, double p999, double max) {

  static Percentiles of(Histogram micros) {
    return new Percentiles(
        micros.getTotalCount(),
        micros.getMean() / 1e3,
        micros.getValueAtPercentile(50) / 1e3,
        micros.getValueAtPercentile(90) / 1e3,
        micros.getValueAtPercentile(99) / 1e3,
        micros.getValueAtPercentile(99.9) / 1e3,
        micros.getMaxValue() / 1e3);
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("count", count)
        .put("meanMs", mean)
        .put("p50Ms", p50)
        .put("p90Ms", p90)
        .put("p99Ms", p99)
        .put("p999Ms", p999)
        .put("maxMs", max);
  }

  static Percentiles fromJson(JsonObject json) {
    return new Percentiles(
        json.getLong("count", 0L),
        json.getDouble("meanMs", 0.0),
        json.getDouble("p50Ms", 0.0),
        json.getDouble("p90Ms", 0.0),
        json.getDouble("p99Ms", 0.0),
        json.getDouble("p999Ms", 0.0),
        json.getDouble("maxMs", 0.0));
  }
}
