package com.napalmsky.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class AttachmentsTest {

  private final PacketCodec codec = new PacketCodec(new BoundedJson(32, 1_000_000));

  private Attachments attachments(String packet) throws MalformedPacket {
    return new Attachments(codec.decode(packet), 1_000_000);
  }

  /**
   * A megabyte with thirty thousand places in the text would be thirty gigabytes as soon as
   * somebody writes the arguments as JSON.
   */
  @Test
  void anAttachmentHasOnePlaceOnly() throws MalformedPacket {
    Attachments attachments =
        attachments(
            "51-[\"e\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":0}]");

    assertThatThrownBy(() -> attachments.add(Buffer.buffer("once")))
        .isInstanceOf(MalformedPacket.class);
  }
}
