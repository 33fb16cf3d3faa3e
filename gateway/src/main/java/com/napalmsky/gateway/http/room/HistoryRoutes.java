package com.napalmsky.gateway.http.room;

import com.napalmsky.gateway.http.Access;
import com.napalmsky.gateway.http.Answer;
import com.napalmsky.gateway.http.Caller;
import com.napalmsky.gateway.http.Inbound;
import com.napalmsky.gateway.http.Operation;
import com.napalmsky.gateway.limits.Limit;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.user.HistoryContract;
import com.napalmsky.shared.contract.user.HistoryContract.DeleteHistory;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.GetHistory;
import com.napalmsky.shared.contract.user.UserContract.HistoryEntry;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /room/history}: the caller's own view of past calls. */
public final class HistoryRoutes {

  private static final int USUAL = 100;
  private static final int MOST = 200;

  private final Bus bus;

  public HistoryRoutes(Bus bus) {
    this.bus = bus;
  }

  /** All of them. */
  public List<Operation<?>> operations() {
    return List.of(
        Operation.get("/room/history", Access.SESSION, Limit.API)
            .reading(Page::read)
            .answeredBy(this::list),
        Operation.delete("/room/history", Access.SESSION, Limit.API)
            .answeredBy(caller -> delete(caller, null)),
        Operation.delete("/room/history/{roomId}", Access.SESSION, Limit.API)
            .reading(inbound -> inbound.path().id("roomId"))
            .answeredBy(this::delete));
  }

  private record Page(@Nullable Instant before, int limit) {
    static Page read(Inbound inbound) {
      return new Page(
          Optional.ofNullable(inbound.query().optionalMillis("before"))
              .map(Instant::ofEpochMilli)
              .orElse(null),
          inbound.query().count("limit", USUAL, MOST));
    }
  }

  private Future<Answer> list(Caller caller, Page page) {
    return bus.request(
            UserContract.GET_HISTORY, new GetHistory(caller.userId(), page.before(), page.limit()))
        .map(
            history ->
                Answer.ok(
                    out -> {
                      out.writeArrayFieldStart("history");
                      for (HistoryEntry entry : history.entries()) {
                        HistoryJson.write(out, entry);
                      }
                      out.writeEndArray();
                    }));
  }

  private Future<Answer> delete(Caller caller, @Nullable UUID roomId) {
    return bus.request(HistoryContract.DELETE_HISTORY, new DeleteHistory(caller.userId(), roomId))
        .map(
            deleted ->
                Answer.ok(
                    out -> {
                      out.writeBooleanField("success", true);
                      out.writeNumberField("deleted", deleted.entries());
                    }));
  }
}
