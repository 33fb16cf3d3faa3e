package com.napalmsky.gateway.http.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.napalmsky.gateway.http.Access;
import com.napalmsky.gateway.http.Answer;
import com.napalmsky.gateway.http.Caller;
import com.napalmsky.gateway.http.Cursors;
import com.napalmsky.gateway.http.Inbound;
import com.napalmsky.gateway.http.JsonText;
import com.napalmsky.gateway.http.Operation;
import com.napalmsky.gateway.limits.Limit;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.user.BlockContract;
import com.napalmsky.shared.contract.user.BlockContract.Block;
import com.napalmsky.shared.contract.user.BlockContract.BlockEntry;
import com.napalmsky.shared.contract.user.BlockContract.Blocked;
import com.napalmsky.shared.contract.user.BlockContract.Blocks;
import com.napalmsky.shared.contract.user.BlockContract.ListBlocks;
import com.napalmsky.shared.contract.user.BlockContract.Unblock;
import com.napalmsky.shared.contract.user.Cursor;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /user/blocks}. */
public final class BlockRoutes {

  private final Bus bus;

  public BlockRoutes(Bus bus) {
    this.bus = bus;
  }

  /** All of them. */
  public List<Operation<?>> operations() {
    return List.of(
        Operation.get("/user/blocks", Access.SESSION, Limit.API)
            .reading(Page::read)
            .answeredBy(this::list),
        Operation.post("/user/blocks", Access.SESSION, Limit.API)
            .reading(Form::read)
            .answeredBy(this::block),
        Operation.delete("/user/blocks/{userId}", Access.SESSION, Limit.API)
            .reading(inbound -> inbound.path().id("userId"))
            .answeredBy(this::unblock));
  }

  private record Page(@Nullable Cursor before, int limit) {
    static Page read(Inbound inbound) {
      return new Page(
          Cursors.before(inbound.query()),
          inbound.query().count("limit", ReportJson.USUAL_PAGE, ReportJson.LONGEST_PAGE));
    }
  }

  private record Form(@Nullable UUID userId, boolean endCall) {
    static Form read(Inbound inbound) {
      return new Form(inbound.body().idOfAnybody("userId"), inbound.body().flag("endCall", false));
    }
  }

  private Future<Answer> list(Caller caller, Page page) {
    return bus.request(
            BlockContract.LIST_BLOCKS, new ListBlocks(caller.userId(), page.before(), page.limit()))
        .map(listed -> Answer.ok(out -> write(out, listed)));
  }

  private static void write(JsonGenerator out, Blocks listed) throws IOException {
    out.writeArrayFieldStart("blocks");
    for (BlockEntry block : listed.blocks()) {
      out.writeStartObject();
      JsonText.person(out, block.person());
      JsonText.time(out, "blockedAt", block.at());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeNumberField("count", listed.blocks().size());
    Cursors.next(out, listed.next());
  }

  private Future<Answer> block(Caller caller, Form form) {
    return bus.request(
            BlockContract.BLOCK, new Block(caller.userId(), form.userId(), form.endCall()))
        .map(blocked -> blocked(form.userId(), blocked));
  }

  private static Answer blocked(@Nullable UUID userId, Blocked blocked) {
    return switch (blocked.outcome()) {
      case BLOCKED ->
          Answer.ok(
              out -> {
                out.writeBooleanField("success", true);
                out.writeStringField("userId", String.valueOf(userId));
                out.writeBooleanField("callEnded", blocked.callEnded());
              });
      case SELF -> Answer.error(400, "You cannot block yourself");
      case UNKNOWN_USER -> Answer.error(404, "There is no such user");
      case TOO_MANY -> Answer.error(409, "You have blocked as many people as anybody may");
    };
  }

  private Future<Answer> unblock(Caller caller, UUID userId) {
    return bus.request(BlockContract.UNBLOCK, new Unblock(caller.userId(), userId))
        .map(
            unblocked ->
                Answer.ok(
                    out -> {
                      out.writeBooleanField("success", true);
                      out.writeBooleanField("found", unblocked.found());
                    }));
  }
}
