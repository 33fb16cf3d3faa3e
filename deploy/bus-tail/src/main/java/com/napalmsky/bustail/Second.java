package com.napalmsky.bustail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;

/**
 * One line of {@code /bus}. Fields it does not know are left alone.
 *
 * @param at when, ISO 8601
 * @param nodes the processes that told something
 */
record Second(String at, List<String> nodes, List<Flow> flows) {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** One address in one direction on one node. */
  record Flow(
      String node,
      String address,
      String direction,
      double messagesPerSecond,
      long bytesPerSecond,
      long inFlight,
      double p50Millis,
      double p99Millis,
      Map<String, Long> failures) {}

  static Second parse(String line) throws JsonProcessingException {
    return MAPPER.readValue(line, Second.class);
  }
}
