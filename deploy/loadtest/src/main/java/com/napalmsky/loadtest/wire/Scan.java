package com.napalmsky.loadtest.wire;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Picks single fields out of JSON text without building it: what thousands of clients are told is
 * mostly looked at for one field. Takes the first field of that name, at whatever depth.
 */
public final class Scan {

  private Scan() {}

  /** The text of a field, null when there is none; escapes are left as they are. */
  public static @Nullable String text(String json, String field) {
    int start = value(json, field, 0);
    if (start < 0 || start >= json.length() || json.charAt(start) != '"') {
      return null;
    }
    int end = json.indexOf('"', start + 1);
    return end < 0 ? null : json.substring(start + 1, end);
  }

  /** Whether a field is there and true. */
  public static boolean isTrue(String json, String field) {
    int start = value(json, field, 0);
    return start >= 0 && json.startsWith("true", start);
  }

  /** The whole number that a field begins with, or -1. */
  public static long number(String json, String field) {
    int start = value(json, field, 0);
    int end = start;
    while (start >= 0 && end < json.length() && Character.isDigit(json.charAt(end))) {
      end++;
    }
    return start < 0 || end == start || end - start > 18
        ? -1
        : Long.parseLong(json, start, end, 10);
  }

  /** The texts of all fields of that name. */
  public static void texts(String json, String field, Consumer<String> each) {
    int from = value(json, field, 0);
    while (from >= 0) {
      int end = from < json.length() && json.charAt(from) == '"' ? json.indexOf('"', from + 1) : -1;
      if (end > 0) {
        each.accept(json.substring(from + 1, end));
      }
      from = value(json, field, Math.max(from, end));
    }
  }

  private static int value(String json, String field, int from) {
    String key = "\"" + field + "\"";
    int at = json.indexOf(key, from);
    if (at < 0) {
      return -1;
    }
    int place = at + key.length();
    while (place < json.length() && (json.charAt(place) == ' ' || json.charAt(place) == ':')) {
      place++;
    }
    return place;
  }
}
