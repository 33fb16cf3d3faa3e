package com.napalmsky.gateway.http.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.gateway.http.pages.AsyncApi.Channel;
import com.napalmsky.gateway.http.pages.AsyncApi.Event;
import com.napalmsky.gateway.http.pages.AsyncApi.Field;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventsPageTest {

  private final AsyncApi api = AsyncApi.of(StaticFiles.text("/asyncapi.yaml"));
  private final String html = EventsPage.of(api, StaticFiles.text("/pages/events.html"));

  private Event event(String channel, String key) {
    return api.channels().stream()
        .filter(one -> one.key().equals(channel))
        .flatMap(one -> one.events().stream())
        .filter(one -> one.key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyEventStandsOnThePageWithItsDirectionMeaningAndFields() {
    assertThat(api.channels()).extracting(Channel::key).containsExactly("fromClient", "toClient");
    for (Channel channel : api.channels()) {
      assertThat(channel.events()).hasSizeGreaterThan(15);
      for (Event event : channel.events()) {
        String begin = "<article id=\"" + channel.key() + "." + event.key() + "\">";
        assertThat(html).containsOnlyOnce(begin);
        String article = html.substring(html.indexOf(begin));
        article = article.substring(0, article.indexOf("</article>"));
        assertThat(article).contains("<code>" + event.name() + "</code>");
        assertThat(article)
            .contains(channel.key().equals("toClient") ? "Server to client" : "Client to server");
        for (Field field : event.fields()) {
          assertThat(article).contains("<td><code>" + field.name() + "</code></td>");
        }
        assertThat(article.contains("No payload.")).isEqualTo(event.fields().isEmpty());
        assertThat(article.contains("its offset.")).isEqualTo(event.offset());
        assertThat(html).contains("href=\"#" + channel.key() + "." + event.key() + "\"");
      }
    }
  }

  @Test
  void fieldsAreDescribedThroughReferencesObjectsAndLists() {
    assertThat(event("toClient", "call_notify").fields())
        .contains(
            new Field("inviteId", "id, string", true, ""),
            new Field("fromUser.name", "string", true, ""),
            new Field("fromUser.selfieUrl", "string", false, ""),
            new Field("fromUser.gender", "one of female, male, nonbinary, unspecified", true, ""),
            new Field("expiresAt", "time, integer", true, "Milliseconds since 1970."));
    assertThat(event("toClient", "lobby_delta").fields())
        .contains(new Field("add", "list of id, string", false, ""));
    assertThat(event("toClient", "metrics_update").fields())
        .contains(
            new Field("lastSessions", "list of object, at most 10 items", true, ""),
            new Field("lastSessions[].duration", "integer", true, ""));
    assertThat(event("toClient", "auth_banned").fields())
        .contains(new Field("banned", "always true", true, ""));
    assertThat(event("fromClient", "room_join").fields())
        .containsExactly(new Field("roomId", "id, string", true, ""));
    assertThat(event("fromClient", "presence_join").fields()).isEmpty();
    assertThat(event("toClient", "peer_disconnected").offset()).isTrue();
    assertThat(event("toClient", "lobby_delta").offset()).isFalse();
  }

  @Test
  void nothingOfTheFileBecomesMarkup() {
    String evil = "<img src=x onerror=\"a()\"> & 'b' `<i>` $1 \\";
    AsyncApi hostile =
        new AsyncApi(
            evil,
            evil,
            List.of(
                new Channel(
                    evil,
                    evil,
                    List.of(
                        new Event(
                            evil,
                            evil,
                            evil,
                            false,
                            List.of(new Field(evil, evil, true, evil)))))));

    String page = EventsPage.of(hostile, "@content@");

    assertThat(page).doesNotContain("<img").doesNotContain("<i>").doesNotContain("\"a()");
    assertThat(page)
        .contains("&lt;img src=x onerror=&quot;a()&quot;&gt; &amp; &#39;b&#39;")
        .contains("<code>&lt;i&gt;</code> $1 \\");
  }

  @Test
  void aFileThatIsNotAsItShouldBeStopsTheStart() {
    assertThatThrownBy(() -> AsyncApi.of("channels: 3\ninfo: {}"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> AsyncApi.of("!!javax.script.ScriptEngineManager []"))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void thePagesLinkEachOther() {
    assertThat(html).contains("href=\"/docs\"").contains("href=\"/asyncapi.yaml\"");
    assertThat(StaticFiles.text("/pages/docs.html"))
        .contains("href=\"/docs/events\"")
        .contains("href=\"/asyncapi.yaml\"");
  }
}
