package com.napalmsky.gateway.http.room;

import com.napalmsky.gateway.http.Access;
import com.napalmsky.gateway.http.Answer;
import com.napalmsky.gateway.http.Caller;
import com.napalmsky.gateway.http.Inbound;
import com.napalmsky.gateway.http.JsonText;
import com.napalmsky.gateway.http.Operation;
import com.napalmsky.gateway.http.Refusal;
import com.napalmsky.gateway.limits.Limit;
import com.napalmsky.gateway.lobby.Views;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Browse;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.BrowseReel;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Page;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.GetAccount;
import com.napalmsky.shared.runtime.memory.MemoryGuard;
import com.napalmsky.shared.runtime.memory.MemoryLevel;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /room/*} but for past calls. */
public final class RoomRoutes {

  private static final int QUEUE_USUAL = 100;
  private static final int QUEUE_MOST = 200;
  private static final int QUEUE_WHEN_TIGHT = 25;
  private static final int REEL_USUAL = 20;
  private static final int REEL_MOST = 50;
  private static final int LONGEST_CURSOR = 200;

  private final Bus bus;
  private final Views views;
  private final MemoryGuard memory;

  /**
   * @param memory when it is tight, fewer people are shown
   */
  public RoomRoutes(Bus bus, Views views, MemoryGuard memory) {
    this.bus = bus;
    this.views = views;
    this.memory = memory;
  }

  /** All of them. */
  public List<Operation<?>> operations() {
    return List.of(
        Operation.get("/room/queue", Access.PAID, Limit.API)
            .reading(inbound -> inbound.query().count("limit", QUEUE_USUAL, QUEUE_MOST))
            .answeredBy(this::queue),
        Operation.get("/room/reel", Access.PAID, Limit.API)
            .reading(ReelQuery::read)
            .answeredBy(this::reel),
        Operation.get("/room/me", Access.SESSION, Limit.API).answeredBy(this::me));
  }

  private record ReelQuery(int limit, @Nullable String cursor) {
    static ReelQuery read(Inbound inbound) {
      return new ReelQuery(
          inbound.query().count("limit", REEL_USUAL, REEL_MOST),
          inbound.query().optionalText("cursor", LONGEST_CURSOR));
    }
  }

  private Future<Answer> queue(Caller caller, int asked) {
    int limit = memory.level() == MemoryLevel.AMPLE ? asked : Math.min(asked, QUEUE_WHEN_TIGHT);
    return bus.request(MatchmakingContract.BROWSE, new Browse(caller.userId(), limit))
        .map(page -> queue(caller, limit, page));
  }

  private Answer queue(Caller caller, int limit, Page page) {
    // After a 304 too: the viewer may have a new socket since he got the same people.
    views.show(
        caller.userId(),
        page.candidates().stream().map(candidate -> candidate.person().userId()).toList(),
        page.hidden());
    String tag = "W/\"" + limit + "-" + Long.toHexString(page.version()) + "\"";
    Answer answer =
        Etag.matches(caller.inbound().ifNoneMatch(), tag)
            ? Answer.empty(304)
            : new Answer(200, Answer.JSON, LobbyJson.queue(page));
    return answer
        .with(HttpHeaders.ETAG, tag)
        // Not fresh for a moment, but worth asking about.
        .with(HttpHeaders.CACHE_CONTROL, "private, no-cache");
  }

  private Future<Answer> reel(Caller caller, ReelQuery query) {
    return bus.request(
            MatchmakingContract.BROWSE_REEL,
            new BrowseReel(caller.userId(), query.limit(), query.cursor()))
        .map(page -> new Answer(200, Answer.JSON, LobbyJson.reel(page)));
  }

  private Future<Answer> me(Caller caller) {
    return bus.request(UserContract.GET_ACCOUNT, new GetAccount(caller.userId()))
        .map(
            got -> {
              UserContract.Account account = got.account();
              if (account == null) {
                throw Refusal.of(404, "This account does not exist any more");
              }
              return Answer.ok(
                  out -> {
                    out.writeStringField("userId", account.person().userId().toString());
                    out.writeStringField("name", account.person().name());
                    JsonText.optional(out, "selfieUrl", account.person().selfieUrl());
                    out.writeNumberField("timerTotal", account.metrics().timerTotalSeconds());
                  });
            });
  }
}
