package com.napalmsky.importold.report;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What became of the rows of one step, so far. Reasons are few and fixed texts. */
public final class Tally {

  private static final int EXAMPLES = 3;

  /** How often something was so, with a few rows to look at. */
  private static final class Reason {
    private long count;
    private final List<String> examples = new ArrayList<>();

    void add(String example) {
      count++;
      if (examples.size() < EXAMPLES && !example.isEmpty() && !examples.contains(example)) {
        examples.add(example);
      }
    }
  }

  private long read;
  private long written;
  private long there;
  private final Map<String, Reason> skipped = new LinkedHashMap<>();
  private final Map<String, Reason> changed = new LinkedHashMap<>();

  /** One more row of the old database. */
  public void read() {
    read++;
  }

  /** One more row that is now in ours. */
  public void written() {
    written++;
  }

  /** One more row that was in ours before. */
  public void there() {
    there++;
  }

  /** One more row that is not in ours. */
  public void skipped(String reason, String example) {
    skipped.computeIfAbsent(reason, first -> new Reason()).add(example);
  }

  /** Something that is not in ours as it was in the old one. */
  public void changed(String what, String example) {
    changed.computeIfAbsent(what, first -> new Reason()).add(example);
  }

  public long readSoFar() {
    return read;
  }

  public long writtenSoFar() {
    return written;
  }

  public long thereSoFar() {
    return there;
  }

  public long skippedSoFar() {
    return skipped.values().stream().mapToLong(reason -> reason.count).sum();
  }

  /** Why rows were skipped, one line each. */
  public List<String> skippedLines() {
    return lines(skipped);
  }

  /** What was changed, one line each. */
  public List<String> changedLines() {
    return lines(changed);
  }

  private static List<String> lines(Map<String, Reason> reasons) {
    return reasons.entrySet().stream()
        .map(
            entry -> {
              Reason reason = entry.getValue();
              String examples =
                  reason.examples.isEmpty() ? "" : "  (" + String.join(" ", reason.examples) + ")";
              return String.format("%,9d  %s%s", reason.count, entry.getKey(), examples);
            })
        .toList();
  }

  /** To go on with later. */
  public JsonObject toJson() {
    return new JsonObject()
        .put("read", read)
        .put("written", written)
        .put("there", there)
        .put("skipped", json(skipped))
        .put("changed", json(changed));
  }

  private static JsonArray json(Map<String, Reason> reasons) {
    JsonArray all = new JsonArray();
    reasons.forEach(
        (text, reason) ->
            all.add(
                new JsonObject()
                    .put("reason", text)
                    .put("count", reason.count)
                    .put("examples", new JsonArray(reason.examples))));
    return all;
  }

  /** What {@link #toJson} wrote. */
  public static Tally fromJson(JsonObject json) {
    Tally tally = new Tally();
    tally.read = json.getLong("read");
    tally.written = json.getLong("written");
    tally.there = json.getLong("there");
    load(json.getJsonArray("skipped"), tally.skipped);
    load(json.getJsonArray("changed"), tally.changed);
    return tally;
  }

  private static void load(JsonArray json, Map<String, Reason> reasons) {
    for (int i = 0; i < json.size(); i++) {
      JsonObject entry = json.getJsonObject(i);
      Reason reason = new Reason();
      reason.count = entry.getLong("count");
      entry.getJsonArray("examples").forEach(example -> reason.examples.add((String) example));
      reasons.put(entry.getString("reason"), reason);
    }
  }
}
