package com.napalmsky.standalone.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tables of {@code docs/contracts/access.md}, as they stand there.
 *
 * @param routes by method and path
 * @param events by name
 * @param refusals by persona and status: what the answer contains
 */
record AccessTables(
    Map<String, Map<Persona, String>> routes,
    Map<String, Map<Persona, String>> events,
    Map<Persona, Map<String, List<String>>> refusals) {

  /**
   * @throws IllegalArgumentException naming the line that cannot be read
   */
  static AccessTables read(Path page) throws IOException {
    AccessTables tables =
        new AccessTables(
            new LinkedHashMap<>(), new LinkedHashMap<>(), new EnumMap<>(Persona.class));
    List<String> lines = Files.readAllLines(page);
    List<String> heading = List.of();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!line.startsWith("|")) {
        heading = List.of();
        continue;
      }
      List<String> cells = cells(line);
      if (heading.isEmpty()) {
        heading = cells;
      } else if (!cells.get(0).startsWith("---")) {
        try {
          tables.take(heading, cells);
        } catch (IllegalArgumentException wrong) {
          throw new IllegalArgumentException(
              page.getFileName() + " line " + (i + 1) + ": " + wrong.getMessage(), wrong);
        }
      }
    }
    return tables;
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.substring(1).split("\\|"))
        .map(cell -> cell.replace("`", "").strip())
        .toList();
  }

  private void take(List<String> heading, List<String> cells) {
    if (cells.size() != heading.size()) {
      throw new IllegalArgumentException(
          cells.size() + " cells under " + heading.size() + " headings");
    }
    switch (heading.get(0)) {
      case "route" -> put(routes, heading, cells);
      case "event" -> put(events, heading, cells);
      case "persona" ->
          refusals
              .computeIfAbsent(Persona.ofColumn(cells.get(0)), persona -> new LinkedHashMap<>())
              .put(cells.get(1), List.of(cells.get(2).split(", ")));
      default -> {
        // A table for readers only.
      }
    }
  }

  private static void put(
      Map<String, Map<Persona, String>> rows, List<String> heading, List<String> cells) {
    Map<Persona, String> row = new EnumMap<>(Persona.class);
    for (int i = 1; i < cells.size(); i++) {
      row.put(Persona.ofColumn(heading.get(i)), cells.get(i));
    }
    List<Persona> missing =
        new ArrayList<>(
            Arrays.stream(Persona.values()).filter(persona -> !row.containsKey(persona)).toList());
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException("no column for " + missing);
    }
    if (rows.put(cells.get(0), row) != null) {
      throw new IllegalArgumentException("a second row for " + cells.get(0));
    }
  }
}
