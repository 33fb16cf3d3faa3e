package com.napalmsky.loadtest.net;

import com.napalmsky.loadtest.wire.DeflateTerms;
import com.napalmsky.loadtest.wire.Deflation;
import com.napalmsky.loadtest.wire.Frames;
import com.napalmsky.loadtest.wire.ProtocolError;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket client connection in one object: upgrade, frames, compression, pings, close.
 *
 * <p>Confined to its loop.
 */
final class WebSocket extends ByteToMessageDecoder {

  /** What happens to the connection. After {@code closed} there is nothing more. */
  interface Listener {
    void opened();

    void text(String text);

    void closed(Trouble why);
  }

  private static final int LONGEST_ANSWER = 16 << 10;

  private final Loop loop;
  private final Listener listener;
  private final String request;
  private @Nullable Channel channel;
  private DeflateTerms terms = DeflateTerms.NONE;
  private boolean open;
  private boolean closed;
  private @Nullable Inflater ownInflater;
  private @Nullable ByteBuf fragments;
  private boolean fragmentsCompressed;
  private boolean inflated;

  private WebSocket(Loop loop, String request, Listener listener) {
    this.loop = loop;
    this.request = request;
    this.listener = listener;
  }

  /** Opens a connection; the listener hears how it went. */
  static WebSocket open(
      Loop loop, String path, String forwardedFor, boolean tiny, Listener listener) {
    byte[] nonce = new byte[16];
    ThreadLocalRandom.current().nextBytes(nonce);
    Network network = loop.network();
    Target target = network.nextTarget();
    String request =
        "GET "
            + path
            + " HTTP/1.1\r\n"
            + "Host: "
            + target.authority()
            + "\r\n"
            + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: "
            + Base64.getEncoder().encodeToString(nonce)
            + "\r\n"
            + (network.deflate() ? "Sec-WebSocket-Extensions: " + DeflateTerms.OFFER + "\r\n" : "")
            + "X-Forwarded-For: "
            + forwardedFor
            + "\r\nUser-Agent: loadtest\r\n\r\n";
    WebSocket socket = new WebSocket(loop, request, listener);
    var unused =
        network
            .connect(target, loop.executor(), socket, tiny)
            .onFailure(cause -> socket.finish(Trouble.of(cause)));
    return socket;
  }

  /** Sends a text; does nothing unless open. */
  void send(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (terms.allows(bytes.length)) {
      Deflation.Compressed compressed = loop.deflation().deflate(bytes);
      write(Frames.TEXT, true, compressed.bytes(), compressed.length());
    } else {
      write(Frames.TEXT, false, bytes, bytes.length);
    }
  }

  /** Sends a binary message of zeros; does nothing unless open. */
  void sendZeros(int length) {
    write(Frames.BINARY, false, new byte[length], length);
  }

  /** Stops or goes on reading from the socket. */
  void reading(boolean on) {
    if (channel != null) {
      channel.config().setAutoRead(on);
    }
  }

  /** Cuts the connection without a word, as a lost network does. */
  void cut() {
    finish(new Trouble("closed by the generator"));
    if (channel != null) {
      var unused = channel.close();
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    channel = context.channel();
    if (closed) {
      var unused = channel.close();
      return;
    }
    var unused = channel.writeAndFlush(Unpooled.copiedBuffer(request, StandardCharsets.US_ASCII));
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    try {
      if (!open && !readAnswer(in)) {
        return;
      }
      int bytes = 0;
      do {
        bytes = closed ? 0 : Frames.read(in, this::frame);
        loop.network().traffic().frame(bytes);
      } while (bytes > 0);
      if (closed) {
        in.skipBytes(in.readableBytes());
      }
    } catch (ProtocolError error) {
      fail(Trouble.of(error));
    }
  }

  private boolean readAnswer(ByteBuf in) {
    int length = 0;
    while (length + 3 < in.readableBytes() && in.getInt(in.readerIndex() + length) != 0x0D0A0D0A) {
      length++;
    }
    if (length + 3 >= in.readableBytes()) {
      if (length > LONGEST_ANSWER) {
        fail(new Trouble("the upgrade was answered by something endless"));
      }
      return false;
    }
    String answer = in.readCharSequence(length + 4, StandardCharsets.ISO_8859_1).toString();
    if (!answer.startsWith("HTTP/1.1 101")) {
      String status = answer.substring(Math.min(9, answer.length())).lines().findFirst().orElse("");
      String seconds = header(answer, "retry-after");
      fail(
          new Trouble(
              "upgrade refused: " + status,
              seconds != null && seconds.matches("\\d{1,6}")
                  ? Long.parseLong(seconds) * 1_000
                  : -1));
      return false;
    }
    terms = DeflateTerms.of(header(answer, "sec-websocket-extensions"));
    if (terms.enabled() && terms.serverKeepsContext()) {
      ownInflater = new Inflater(true);
      loop.network().traffic().keepsContext();
    }
    open = true;
    listener.opened();
    return true;
  }

  private static @Nullable String header(String answer, String name) {
    for (String line : answer.split("\r\n")) {
      if (line.toLowerCase(Locale.ROOT).startsWith(name + ":")) {
        return line.substring(name.length() + 1).trim();
      }
    }
    return null;
  }

  private void frame(int opcode, boolean last, boolean compressed, ByteBuf payload) {
    switch (opcode) {
      case Frames.TEXT, Frames.BINARY, Frames.CONTINUATION ->
          message(opcode == Frames.CONTINUATION, last, compressed, payload);
      case Frames.PING -> {
        byte[] bytes = new byte[payload.readableBytes()];
        payload.readBytes(bytes);
        write(Frames.PONG, false, bytes, bytes.length);
      }
      case Frames.CLOSE -> {
        String code = payload.readableBytes() < 2 ? "no code" : "" + payload.readUnsignedShort();
        String text = payload.toString(StandardCharsets.UTF_8);
        fail(new Trouble("closed by the server: " + (code + " " + text).trim()));
      }
      default -> {}
    }
  }

  private void message(boolean continued, boolean last, boolean compressed, ByteBuf payload) {
    if (!continued && last) {
      deliver(payload, compressed);
      return;
    }
    if (!continued) {
      releaseFragments();
      fragments = payload.copy();
      fragmentsCompressed = compressed;
    } else if (fragments != null) {
      fragments.writeBytes(payload);
      if (last) {
        deliver(fragments, fragmentsCompressed);
        releaseFragments();
      }
    }
  }

  private void deliver(ByteBuf message, boolean compressed) {
    String text;
    try {
      text =
          compressed
              ? loop.deflation().inflate(message, ownInflater)
              : message.toString(StandardCharsets.UTF_8);
    } catch (ProtocolError error) {
      fail(Trouble.of(error));
      return;
    }
    if (compressed && !inflated) {
      inflated = true;
      loop.network().traffic().firstCompressed();
    }
    loop.network().traffic().message(text.length(), compressed);
    listener.text(text);
  }

  private void write(int opcode, boolean compressed, byte[] bytes, int length) {
    if (open && !closed && channel != null) {
      int mask = ThreadLocalRandom.current().nextInt();
      var unused =
          channel.writeAndFlush(
              Frames.masked(channel.alloc(), opcode, compressed, bytes, length, mask));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    super.channelInactive(context);
    finish(new Trouble(open ? "closed by the server: 1006" : "closed before the upgrade"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(Trouble.of(cause));
  }

  private void fail(Trouble why) {
    finish(why);
    if (channel != null) {
      var unused = channel.close();
    }
  }

  private void finish(Trouble why) {
    if (closed) {
      return;
    }
    closed = true;
    releaseFragments();
    if (ownInflater != null) {
      ownInflater.end();
      ownInflater = null;
    }
    listener.closed(why);
  }

  private void releaseFragments() {
    if (fragments != null) {
      fragments.release();
      fragments = null;
    }
  }
}
