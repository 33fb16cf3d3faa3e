package com.napalmsky.gateway.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Writes the fields of one JSON object, straight into the answer's bytes. */
@FunctionalInterface
public interface JsonWriter {

  /**
   * @param out stands inside the object, which the caller opens and closes
   */
  void write(JsonGenerator out) throws IOException;
}
