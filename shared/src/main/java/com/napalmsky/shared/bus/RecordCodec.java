package com.napalmsky.shared.bus;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.napalmsky.shared.bus.FlowMeter.Counted;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.io.IOException;

/**
 * Carries records: by reference inside one JVM, which is safe because contracts are immutable, and
 * as length-prefixed JSON between JVMs.
 *
 * <p>The receiver knows the type from the address, so none is sent and no class name from outside
 * is ever loaded. Unknown fields are ignored, so that a field can be added while old nodes still
 * run.
 */
final class RecordCodec implements MessageCodec<Record, Object> {

  static final String NAME = "record";

  static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .build();

  /** A record that came from another JVM and is not yet read. */
  record Encoded(byte[] json) {

    <T extends Record> T as(Class<T> type) {
      try {
        return MAPPER.readValue(json, type);
      } catch (IOException unreadable) {
        throw ServiceFailure.invalid(
            "not a " + type.getSimpleName() + ": " + unreadable.getMessage());
      }
    }
  }

  @Override
  public void encodeToWire(Buffer wire, Record message) {
    try {
      byte[] json = MAPPER.writeValueAsBytes(plain(message));
      wire.appendInt(json.length).appendBytes(json);
      if (message instanceof Counted counted) {
        counted.meter().crossed(json.length);
      }
    } catch (IOException unwritable) {
      throw new IllegalArgumentException(message.getClass().getName(), unwritable);
    }
  }

  @Override
  public Object decodeFromWire(int position, Buffer wire) {
    int start = position + Integer.BYTES;
    return new Encoded(wire.getBytes(start, start + wire.getInt(position)));
  }

  @Override
  public Object transform(Record message) {
    return plain(message);
  }

  private static Record plain(Record message) {
    return message instanceof Counted counted ? counted.message() : message;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }

  static <T extends Record> T read(Object body, Class<T> type) {
    if (body instanceof Encoded encoded) {
      return encoded.as(type);
    }
    if (!type.isInstance(body)) {
      throw ServiceFailure.invalid("not a " + type.getSimpleName());
    }
    return type.cast(body);
  }
}
