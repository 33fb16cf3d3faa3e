package com.napalmsky.gateway.socketio;

import com.napalmsky.gateway.engineio.EngineSession;
import com.napalmsky.gateway.socketio.SocketHandler.Decision;
import com.napalmsky.shared.contract.gateway.CloseReason;
import com.napalmsky.shared.runtime.Timers.Cancellable;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one Engine.IO session says in Socket.IO: its sockets, one for each namespace. */
final class ClientConnection {

  /** Each costs the handler a decision. */
  private static final int MOST_CONNECTS = 16;

  private static final int LONGEST_TOKEN = 200;

  private final SocketIoServer server;
  private final EngineSession session;
  private @Nullable ClientSocket main;

  /** Sockets of other namespaces; null for nearly every client. */
  private @Nullable Map<String, ClientSocket> others;

  private @Nullable Attachments assembling;
  private int assembledSize;
  private int connects;
  private @Nullable Cancellable connectLimit;

  ClientConnection(SocketIoServer server, EngineSession session) {
    this.server = server;
    this.session = session;
    limitConnect();
  }

  void onText(String message) {
    try {
      if (assembling != null) {
        throw new MalformedPacket("text where an attachment is missing");
      }
      Packet packet = server.codec().decode(message);
      if (packet.type().binary()) {
        Attachments attachments = new Attachments(packet, server.config().maxPayload());
        assembledSize = message.length();
        if (packet.attachments() > 0) {
          assembling = attachments;
          assembled(0, assembledSize);
        } else {
          onPacket(attachments.complete(), assembledSize);
        }
      } else {
        onPacket(packet, message.length());
      }
    } catch (MalformedPacket malformed) {
      session.close(CloseReason.PROTOCOL_ERROR);
    }
  }

  void onBinary(Buffer message) {
    try {
      Attachments attachments = assembling;
      if (attachments == null) {
        throw new MalformedPacket("an attachment of nothing");
      }
      int before = assembledSize;
      assembledSize += message.length();
      assembled(before, assembledSize);
      Packet whole = session.open() ? attachments.add(message) : null;
      if (whole != null) {
        assembling = null;
        var unused = session.unfinished(assembledSize, 0);
        onPacket(whole, assembledSize);
      }
    } catch (MalformedPacket malformed) {
      session.close(CloseReason.PROTOCOL_ERROR);
    }
  }

  void onPing() {
    sockets().forEach(server::onPing);
  }

  void onPong() {
    sockets().forEach(server::onPong);
  }

  void onClose(CloseReason reason) {
    if (assembling != null) {
      assembling = null;
      var unused = session.unfinished(assembledSize, 0);
    }
    callOffLimit();
    List<ClientSocket> gone = sockets();
    main = null;
    others = null;
    gone.forEach(socket -> end(socket, reason));
  }

  /** A copy: what is done with one may end it. */
  private List<ClientSocket> sockets() {
    ClientSocket only = main;
    if (others == null) {
      return only == null ? List.of() : List.of(only);
    }
    List<ClientSocket> all = new ArrayList<>(others.values());
    if (only != null) {
      all.add(0, only);
    }
    return all;
  }

  private void assembled(int before, int after) {
    if (!session.unfinished(before, after)) {
      session.close(CloseReason.FULL);
    }
  }

  private void onPacket(Packet packet, int size) throws MalformedPacket {
    if (packet.type() == Packet.Type.CONNECT) {
      connect(packet);
      return;
    }
    ClientSocket socket = find(packet.namespace());
    if (socket == null) {
      throw new MalformedPacket("not connected to this namespace");
    }
    if (socket.state() == ClientSocket.State.CONNECTED) {
      receive(socket, packet);
    } else if (!socket.await(packet, size)) {
      socket.close(CloseReason.FLOODING);
    }
  }

  private void receive(ClientSocket socket, Packet packet) {
    switch (packet.type()) {
      case EVENT, BINARY_EVENT -> {
        JsonArray arguments = packet.arguments();
        String event = arguments.getString(0);
        arguments.remove(0);
        EventAck ack = packet.id() == Packet.NO_ID ? null : new EventAck(socket, packet.id());
        server.onEvent(socket, event, arguments, ack);
      }
      case DISCONNECT -> {
        forget(socket);
        end(socket, CloseReason.CLIENT_LEFT);
        if (session.open() && main == null && others == null) {
          limitConnect();
        }
      }
      // Nothing sent from here asks for an acknowledgement.
      default -> {}
    }
  }

  private void connect(Packet packet) throws MalformedPacket {
    String namespace = packet.namespace();
    connects++;
    if (find(namespace) != null || connects > MOST_CONNECTS) {
      throw new MalformedPacket("one connect too many");
    }
    if (!server.serves(namespace)) {
      session.send(PacketCodec.refused(namespace, "Invalid namespace", null));
      return;
    }
    JsonObject auth = packet.auth() == null ? new JsonObject() : packet.auth();
    ClientSocket socket = server.newSocket(session, namespace, handshake(auth), auth);
    if (namespace.equals(Packet.MAIN)) {
      main = socket;
    } else {
      if (others == null) {
        others = new HashMap<>();
      }
      others.put(namespace, socket);
    }
    server
        .onConnect(socket, Previous.of(auth))
        .onComplete(
            decision -> session.run(() -> decided(socket, decision)),
            failed ->
                session.run(
                    () ->
                        decided(
                            socket, new Decision.Refuse("Service unavailable, try again", null))));
  }

  private void decided(ClientSocket socket, Decision decision) {
    if (socket.state() != ClientSocket.State.CONNECTING) {
      return;
    }
    if (decision instanceof Decision.Refuse refusal) {
      forget(socket);
      socket.end();
      session.send(PacketCodec.refused(socket.namespace(), refusal.message(), refusal.data()));
      return;
    }
    callOffLimit();
    List<Packet> waiting = socket.accept(server.onAccept(socket));
    server.onConnected(socket);
    for (Packet packet : waiting) {
      if (socket.state() == ClientSocket.State.CONNECTED) {
        receive(socket, packet);
      }
    }
  }

  private Handshake handshake(JsonObject auth) {
    String token =
        auth.getValue("token") instanceof String text && text.length() <= LONGEST_TOKEN
            ? text
            : null;
    boolean deltas = auth.getValue("deltas") instanceof Number number && number.doubleValue() == 1;
    return new Handshake(session.remoteIp(), session.userAgent(), token, deltas);
  }

  private @Nullable ClientSocket find(String namespace) {
    if (namespace.equals(Packet.MAIN)) {
      return main;
    }
    return others == null ? null : others.get(namespace);
  }

  private void forget(ClientSocket socket) {
    if (socket == main) {
      main = null;
    } else if (others != null) {
      others.remove(socket.namespace());
      if (others.isEmpty()) {
        others = null;
      }
    }
  }

  private void end(ClientSocket socket, CloseReason reason) {
    boolean connected = socket.state() == ClientSocket.State.CONNECTED;
    socket.end();
    if (connected) {
      server.onClose(socket, reason);
    }
  }

  private void limitConnect() {
    callOffLimit();
    connectLimit =
        session.after(
            server.config().connectTimeout(), () -> session.close(CloseReason.CONNECT_TIMEOUT));
  }

  private void callOffLimit() {
    if (connectLimit != null) {
      connectLimit.cancel();
      connectLimit = null;
    }
  }
}
