package com.napalmsky.gateway.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** One TCP connection to the gateway, read frame by frame or answer by answer. */
final class Wire implements AutoCloseable {

  /** How long anything may take; generous, since tests share their machine. */
  static final int LIMIT_MILLIS = 30_000;

  /** An answer over HTTP. */
  record Answer(int status, boolean closes, byte[] body) {
    String text() {
      return new String(body, UTF_8);
    }
  }

  /** A frame as servers send it. */
  record Frame(int opcode, byte[] payload) {
    String text() {
      return new String(payload, UTF_8);
    }
  }

  /** The gateway said and did nothing for too long. */
  static final class Silence extends AssertionError {
    private static final long serialVersionUID = 1L;

    Silence(SocketTimeoutException cause) {
      super("neither an answer nor a close within " + LIMIT_MILLIS + " ms", cause);
    }
  }

  private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

  private final Socket socket;
  private final InputStream in;

  private Wire(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /**
   * Connects.
   *
   * @param host last number of the loopback address to come from: one alone has too few ports
   */
  static Wire open(int port, int host) throws IOException {
    Socket socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(LIMIT_MILLIS);
    socket.bind(new InetSocketAddress("127.0.0." + host, 0));
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MILLIS);
    return new Wire(socket);
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  void send(String text) throws IOException {
    send(text.getBytes(ISO_8859_1));
  }

  void text(String packet) throws IOException {
    send(Frames.whole(Frames.TEXT, packet.getBytes(UTF_8)));
  }

  /**
   * Asks for a WebSocket.
   *
   * @param query after {@code EIO=4&transport=websocket}
   * @return the answer; 101 when it was granted
   */
  Answer upgrade(String query, boolean deflate) throws IOException {
    send(
        "GET /socket.io/?EIO=4&transport=websocket"
            + query
            + " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n"
            + (deflate ? "Sec-WebSocket-Extensions: permessage-deflate\r\n" : "")
            + "\r\n");
    return answer(false);
  }

  /** A WebSocket that is refused says why. */
  static void granted(Answer upgrade) {
    if (upgrade.status() != 101) {
      throw new AssertionError(
          "upgrade refused: " + upgrade.status() + " " + new String(upgrade.body(), UTF_8));
    }
  }

  /** The next frame; null when the gateway has closed. */
  @Nullable Frame frame() throws IOException {
    try {
      int head = in.read();
      if (head < 0) {
        return null;
      }
      int second = byteOrEnd();
      long length = second & 0x7f;
      if (length >= 126) {
        int bytes = length == 126 ? 2 : 8;
        length = 0;
        for (int i = 0; i < bytes; i++) {
          length = length << 8 | byteOrEnd();
        }
      }
      byte[] payload = in.readNBytes((int) length);
      if (payload.length < length) {
        return null;
      }
      return new Frame(head & 15, (head & 0x40) == 0 ? payload : inflate(payload));
    } catch (SocketTimeoutException silent) {
      throw new Silence(silent);
    } catch (IOException reset) {
      return null;
    }
  }

  /**
   * The next text frame that begins so; pings are answered.
   *
   * @return null when the gateway closes first
   */
  @Nullable String textWith(String... beginnings) throws IOException {
    for (Frame frame = frame(); frame != null && frame.opcode() != Frames.CLOSE; frame = frame()) {
      if (frame.opcode() == Frames.TEXT) {
        String text = frame.text();
        if (text.equals("2")) {
          text("3");
        }
        for (String beginning : beginnings) {
          if (text.startsWith(beginning)) {
            return text;
          }
        }
      }
    }
    return null;
  }

  /**
   * The next answer.
   *
   * @param toHead whether the request was a HEAD
   * @throws IOException when the gateway closes before it is complete
   */
  Answer answer(boolean toHead) throws IOException {
    try {
      String statusLine = line();
      if (!statusLine.startsWith("HTTP/1.")) {
        throw new AssertionError("no status line: " + statusLine);
      }
      int status = Integer.parseInt(statusLine.substring(9, 12));
      int length = -1;
      boolean chunked = false;
      boolean closes = statusLine.startsWith("HTTP/1.0");
      for (String line = line(); !line.isEmpty(); line = line()) {
        String header = line.toLowerCase(Locale.ROOT);
        if (header.startsWith("content-length:")) {
          length = Integer.parseInt(header.substring(15).trim());
        }
        chunked |= header.startsWith("transfer-encoding:") && header.contains("chunked");
        closes |= header.startsWith("connection:") && header.contains("close");
      }
      if (status == 100) {
        return answer(toHead);
      }
      if (toHead || status == 101 || status == 204 || status == 304) {
        return new Answer(status, closes, new byte[0]);
      }
      byte[] body = chunked ? chunks() : length < 0 ? in.readAllBytes() : in.readNBytes(length);
      if (body.length < length) {
        throw new EOFException("half an answer");
      }
      return new Answer(status, closes || (length < 0 && !chunked), body);
    } catch (SocketTimeoutException silent) {
      throw new Silence(silent);
    }
  }

  /** Says that nothing more comes, and waits until the gateway has closed too. */
  @CanIgnoreReturnValue
  byte[] finish() throws IOException {
    try {
      socket.shutdownOutput();
      return in.readAllBytes();
    } catch (SocketTimeoutException silent) {
      throw new Silence(silent);
    } catch (IOException reset) {
      return new byte[0];
    }
  }

  /** Goes without a word. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      int length = Integer.parseInt(line().trim(), 16);
      body.writeBytes(in.readNBytes(length));
      var unused = line();
      if (length == 0) {
        return body.toByteArray();
      }
    }
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = byteOrEnd(); next != '\n'; next = byteOrEnd()) {
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(ISO_8859_1);
  }

  private int byteOrEnd() throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new EOFException("closed");
    }
    return next;
  }

  private static byte[] inflate(byte[] payload) {
    Inflater inflater = new Inflater(true);
    try {
      ByteArrayOutputStream message = new ByteArrayOutputStream();
      byte[] part = new byte[8_192];
      inflater.setInput(Frames.join(payload, TAIL));
      for (int n = inflater.inflate(part); n > 0; n = inflater.inflate(part)) {
        message.write(part, 0, n);
      }
      return message.toByteArray();
    } catch (DataFormatException broken) {
      throw new AssertionError("a frame that cannot be inflated", broken);
    } finally {
      inflater.end();
    }
  }
}
