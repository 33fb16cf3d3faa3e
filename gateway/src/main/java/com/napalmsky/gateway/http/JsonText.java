package com.napalmsky.gateway.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.napalmsky.shared.contract.user.Person;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON written as a stream: no tree is built, names of hot fields are encoded once. */
public final class JsonText {

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final SerializableString USER_ID = new SerializedString("userId");
  private static final SerializableString NAME = new SerializedString("name");
  private static final SerializableString GENDER = new SerializedString("gender");
  private static final SerializableString SELFIE_URL = new SerializedString("selfieUrl");
  private static final SerializableString VIDEO_URL = new SerializedString("videoUrl");

  private JsonText() {}

  /**
   * The bytes of one object.
   *
   * @param expectedBytes saves growing the buffer; a guess is enough
   */
  public static Buffer object(int expectedBytes, JsonWriter fields) {
    Buffer text = Buffer.buffer(expectedBytes);
    try (JsonGenerator out = FACTORY.createGenerator(new Bytes(text))) {
      out.writeStartObject();
      fields.write(out);
      out.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory does not fail", impossible);
    }
    return text;
  }

  /** The fields of a PublicUser. */
  public static void person(JsonGenerator out, Person person) throws IOException {
    out.writeFieldName(USER_ID);
    out.writeString(person.userId().toString());
    out.writeFieldName(NAME);
    out.writeString(person.name());
    out.writeFieldName(GENDER);
    out.writeString(person.gender().wire());
    if (person.selfieUrl() != null) {
      out.writeFieldName(SELFIE_URL);
      out.writeString(person.selfieUrl());
    }
    if (person.videoUrl() != null) {
      out.writeFieldName(VIDEO_URL);
      out.writeString(person.videoUrl());
    }
  }

  /** A text that is left out when there is none. */
  public static void optional(JsonGenerator out, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      out.writeStringField(name, value);
    }
  }

  /** A text that is null when there is none. */
  public static void nullable(JsonGenerator out, String name, @Nullable String value)
      throws IOException {
    if (value == null) {
      out.writeNullField(name);
    } else {
      out.writeStringField(name, value);
    }
  }

  /** A point in time in milliseconds. */
  public static void time(JsonGenerator out, String name, Instant value) throws IOException {
    out.writeNumberField(name, value.toEpochMilli());
  }

  /** A point in time in milliseconds, left out when there is none. */
  public static void optionalTime(JsonGenerator out, String name, @Nullable Instant value)
      throws IOException {
    if (value != null) {
      time(out, name, value);
    }
  }

  /** An object of texts. */
  public static void texts(JsonGenerator out, String name, Map<String, String> texts)
      throws IOException {
    out.writeObjectFieldStart(name);
    for (Map.Entry<String, String> text : texts.entrySet()) {
      out.writeStringField(text.getKey(), text.getValue());
    }
    out.writeEndObject();
  }

  private static final class Bytes extends OutputStream {

    private final Buffer text;

    Bytes(Buffer text) {
      this.text = text;
    }

    @Override
    public void write(int one) {
      text.appendByte((byte) one);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      text.appendBytes(bytes, from, length);
    }
  }
}
