package com.napalmsky.images;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A piece of YAML, read by paths such as {@code spec.template.spec}; what is missing is nothing.
 */
record Yaml(Object value) {

  static List<Yaml> all(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(500);
    return StreamSupport.stream(
            new org.yaml.snakeyaml.Yaml(new SafeConstructor(options)).loadAll(text).spliterator(),
            false)
        .map(Yaml::new)
        .toList();
  }

  Yaml at(String path) {
    Object found = value;
    for (String step : path.split("\\.")) {
      found = found instanceof Map<?, ?> map ? map.get(step) : null;
    }
    return new Yaml(found);
  }

  boolean missing() {
    return value == null;
  }

  String text() {
    return value == null ? "" : value.toString();
  }

  Map<String, Yaml> map() {
    Map<String, Yaml> all = new java.util.LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, one) -> all.put(key.toString(), new Yaml(one)));
    }
    return all;
  }

  List<Yaml> list() {
    List<Yaml> all = new ArrayList<>();
    if (value instanceof List<?> list) {
      list.forEach(one -> all.add(new Yaml(one)));
    }
    return all;
  }
}
