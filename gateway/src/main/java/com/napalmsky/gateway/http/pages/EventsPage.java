package com.napalmsky.gateway.http.pages;

import com.napalmsky.gateway.http.pages.AsyncApi.Channel;
import com.napalmsky.gateway.http.pages.AsyncApi.Event;
import com.napalmsky.gateway.http.pages.AsyncApi.Field;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the events of the sockets as HTML. Every text of the file is escaped; the page has no
 * script.
 */
final class EventsPage {

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern BLANK_LINE = Pattern.compile("\\n\\s*\\n");

  private final StringBuilder out = new StringBuilder(32_768);

  private EventsPage() {}

  /**
   * @param shell the page around it, with a place for {@code @content@}
   */
  static String of(AsyncApi api, String shell) {
    EventsPage page = new EventsPage();
    page.write(api);
    return shell.replace("@content@", page.out);
  }

  private void write(AsyncApi api) {
    out.append("<h1>").append(escaped(api.title())).append("</h1>\n");
    paragraphs(api.about());
    for (Channel channel : api.channels()) {
      contents(channel);
    }
    for (Channel channel : api.channels()) {
      out.append("<section>\n<h2 id=\"").append(escaped(channel.key())).append("\">");
      out.append(escaped(title(channel))).append("</h2>\n");
      paragraphs(channel.about());
      channel.events().forEach(event -> write(channel, event));
      out.append("</section>\n");
    }
  }

  private void contents(Channel channel) {
    out.append("<nav class=\"events\" aria-label=\"").append(escaped(title(channel))).append("\">");
    out.append("<a href=\"#").append(escaped(channel.key())).append("\">");
    out.append(escaped(title(channel))).append("</a>\n<ul>\n");
    for (Event event : channel.events()) {
      out.append("<li><a href=\"#").append(anchor(channel, event)).append("\"><code>");
      out.append(escaped(event.name())).append("</code></a></li>\n");
    }
    out.append("</ul></nav>\n");
  }

  private void write(Channel channel, Event event) {
    out.append("<article id=\"").append(anchor(channel, event)).append("\">\n<h3><code>");
    out.append(escaped(event.name())).append("</code> <small>");
    out.append(escaped(title(channel))).append("</small></h3>\n");
    paragraphs(event.about());
    if (event.fields().isEmpty()) {
      out.append("<p class=\"none\">No payload.</p>\n");
    } else {
      out.append("<table>\n<thead><tr><th scope=\"col\">Field</th><th scope=\"col\">Type</th>");
      out.append(
          "<th scope=\"col\">Sent</th><th scope=\"col\">Meaning</th></tr></thead>\n<tbody>\n");
      event.fields().forEach(this::write);
      out.append("</tbody>\n</table>\n");
    }
    if (event.offset()) {
      out.append("<p>The last argument is its offset.</p>\n");
    }
    out.append("</article>\n");
  }

  private void write(Field field) {
    out.append("<tr><td><code>").append(escaped(field.name())).append("</code></td><td>");
    out.append(escaped(field.type())).append("</td><td>");
    out.append(field.required() ? "always" : "optional").append("</td><td>");
    out.append(inline(field.about())).append("</td></tr>\n");
  }

  private void paragraphs(String text) {
    for (String paragraph : BLANK_LINE.split(text)) {
      if (!paragraph.isBlank()) {
        out.append("<p>").append(inline(paragraph.trim())).append("</p>\n");
      }
    }
  }

  private static String title(Channel channel) {
    return switch (channel.key()) {
      case "fromClient" -> "Client to server";
      case "toClient" -> "Server to client";
      default -> channel.key();
    };
  }

  private static String anchor(Channel channel, Event event) {
    return escaped(channel.key() + "." + event.key());
  }

  private static String inline(String text) {
    Matcher code = CODE.matcher(escaped(text));
    return code.replaceAll("<code>$1</code>");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
