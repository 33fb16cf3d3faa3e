package com.napalmsky.user.mail;

import com.napalmsky.user.UserStage;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** As much of a mail server as a client needs, with the moods of a real one. */
final class SmtpStandIn {

  /** What the server makes of its clients. */
  enum Mood {
    TAKES_MAIL,
    /** Takes the connection and never says a word. */
    SILENT,
    /** Refuses each recipient, for now. */
    BUSY
  }

  private final NetServer server;
  private final List<String> mails = new CopyOnWriteArrayList<>();
  private final List<String> recipients = new CopyOnWriteArrayList<>();
  private final List<String> logins = new CopyOnWriteArrayList<>();
  private volatile Mood mood = Mood.TAKES_MAIL;

  SmtpStandIn(Vertx vertx) {
    server = vertx.createNetServer().connectHandler(socket -> new Conversation(socket).begin());
    UserStage.await(server.listen(0, "127.0.0.1"));
  }

  int port() {
    return server.actualPort();
  }

  void be(Mood next) {
    mood = next;
  }

  /** Header and text of each mail taken, as it came. */
  List<String> mails() {
    return mails;
  }

  List<String> recipients() {
    return recipients;
  }

  /** User and password of each login, with a blank between. */
  List<String> logins() {
    return logins;
  }

  private final class Conversation {

    private final NetSocket socket;
    private final List<String> data = new ArrayList<>();
    private boolean inData;

    Conversation(NetSocket socket) {
      this.socket = socket;
    }

    void begin() {
      socket.handler(
          RecordParser.newDelimited("\r\n", line -> said(line.toString(StandardCharsets.UTF_8))));
      say("220 stand-in");
    }

    private void say(String line) {
      if (mood != Mood.SILENT) {
        var unused = socket.write(line + "\r\n");
      }
    }

    private void said(String line) {
      if (inData) {
        data(line);
      } else if (line.startsWith("EHLO")) {
        say("250-stand-in\r\n250 AUTH PLAIN");
      } else if (line.startsWith("AUTH PLAIN ")) {
        byte[] login = Base64.getDecoder().decode(line.substring("AUTH PLAIN ".length()));
        logins.add(new String(login, StandardCharsets.UTF_8).substring(1).replace('\0', ' '));
        say("235 welcome");
      } else if (line.startsWith("RCPT TO:")) {
        if (mood == Mood.BUSY) {
          say("450 try again later");
        } else {
          recipients.add(line.substring("RCPT TO:".length()));
          say("250 ok");
        }
      } else if (line.equals("DATA")) {
        inData = true;
        say("354 go on");
      } else if (line.equals("QUIT")) {
        say("221 bye");
        var unused = socket.close();
      } else {
        say("250 ok");
      }
    }

    private void data(String line) {
      if (!line.equals(".")) {
        data.add(line);
        return;
      }
      inData = false;
      mails.add(String.join("\n", data));
      data.clear();
      say("250 taken");
    }
  }
}
