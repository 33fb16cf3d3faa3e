package com.napalmsky.gateway.http.admin;

import com.napalmsky.gateway.http.Access;
import com.napalmsky.gateway.http.Answer;
import com.napalmsky.gateway.http.Caller;
import com.napalmsky.gateway.http.Inbound;
import com.napalmsky.gateway.http.Operation;
import com.napalmsky.gateway.http.Refusal;
import com.napalmsky.gateway.limits.Limit;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.shared.contract.signaling.SignalingContract;
import com.napalmsky.shared.contract.signaling.SignalingContract.CallMembers;
import com.napalmsky.shared.contract.signaling.SignalingContract.Describe;
import com.napalmsky.shared.contract.signaling.SignalingContract.EndCall;
import com.napalmsky.shared.contract.signaling.SignalingContract.Locate;
import com.napalmsky.shared.contract.user.AdminContract;
import com.napalmsky.shared.contract.user.AdminContract.NoteCallEnd;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /admin/calls}. */
public final class CallRoutes {

  private final Bus bus;

  public CallRoutes(Bus bus) {
    this.bus = bus;
  }

  /** All of them. */
  public List<Operation<?>> operations() {
    return List.of(
        Operation.post("/admin/calls/{roomId}/end", Access.ADMIN, Limit.API)
            .reading(Form::read)
            .answeredBy(this::end));
  }

  private record Form(UUID roomId, String reason) {
    static Form read(Inbound inbound) {
      String reason = inbound.body().optionalText("reason", AdminContract.LONGEST_REASON);
      return new Form(inbound.path().id("roomId"), reason == null ? "" : reason.strip());
    }
  }

  /**
   * Written down first: a call that was ended and left no trace would be worse than the reverse.
   */
  private Future<Answer> end(Caller caller, Form form) {
    return bus.request(SignalingContract.LOCATE, new Locate(form.roomId()))
        .compose(
            located -> {
              String owner = located.owner();
              return owner == null
                  ? Future.failedFuture(unknown())
                  : bus.request(SignalingContract.DESCRIBE.at(owner), new Describe(form.roomId()))
                      .compose(described -> end(caller, form, owner, described.call()));
            });
  }

  private Future<Answer> end(
      Caller caller, Form form, String owner, @Nullable CallMembers members) {
    if (members == null) {
      return Future.failedFuture(unknown());
    }
    if (!members.running()) {
      return Future.failedFuture(Refusal.of(409, "This call is over already"));
    }
    return bus.request(
            AdminContract.NOTE_CALL_END,
            new NoteCallEnd(
                form.roomId(), members.first(), members.second(), form.reason(), caller.actor()))
        .compose(
            noted ->
                bus.request(
                    SignalingContract.END_CALL.at(owner),
                    new EndCall(form.roomId(), EndReason.MODERATED)))
        .map(ended -> Answer.ok(out -> out.writeBooleanField("success", true)));
  }

  private static Refusal unknown() {
    return Refusal.of(404, "There is no such call");
  }
}
