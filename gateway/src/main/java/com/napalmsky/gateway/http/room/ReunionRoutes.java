package com.napalmsky.gateway.http.room;

import com.napalmsky.gateway.http.Access;
import com.napalmsky.gateway.http.Answer;
import com.napalmsky.gateway.http.Caller;
import com.napalmsky.gateway.http.Operation;
import com.napalmsky.gateway.limits.Limit;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.user.ReunionContract;
import com.napalmsky.shared.contract.user.ReunionContract.Wish;
import com.napalmsky.shared.contract.user.ReunionContract.WishOutcome;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/** {@code /room/again}. */
public final class ReunionRoutes {

  private final Bus bus;

  public ReunionRoutes(Bus bus) {
    this.bus = bus;
  }

  /** All of them. */
  public List<Operation<?>> operations() {
    return List.of(
        Operation.post("/room/again", Access.SESSION, Limit.API)
            .reading(inbound -> inbound.body().id("roomId"))
            .answeredBy(this::wish));
  }

  private Future<Answer> wish(Caller caller, UUID roomId) {
    return bus.request(ReunionContract.WISH, new Wish(caller.userId(), roomId))
        .map(
            wished ->
                wished.outcome() == WishOutcome.NO_SUCH_CALL
                    ? Answer.error(404, "You had no such call lately")
                    : Answer.ok(
                        out ->
                            out.writeBooleanField(
                                "agreed", wished.outcome() == WishOutcome.AGREED)));
  }
}
