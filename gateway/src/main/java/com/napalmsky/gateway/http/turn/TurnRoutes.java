package com.napalmsky.gateway.http.turn;

import com.napalmsky.gateway.http.Access;
import com.napalmsky.gateway.http.Answer;
import com.napalmsky.gateway.http.Caller;
import com.napalmsky.gateway.http.JsonText;
import com.napalmsky.gateway.http.Operation;
import com.napalmsky.gateway.limits.Limit;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.signaling.SignalingContract;
import com.napalmsky.shared.contract.signaling.SignalingContract.GetIceServers;
import com.napalmsky.shared.contract.signaling.SignalingContract.GetIceStatus;
import com.napalmsky.shared.contract.signaling.SignalingContract.IceServer;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import java.util.List;

/** {@code /turn/*}. */
public final class TurnRoutes {

  private final Bus bus;
  private final Timers timers;

  public TurnRoutes(Bus bus, Timers timers) {
    this.bus = bus;
    this.timers = timers;
  }

  /** All of them. */
  public List<Operation<?>> operations() {
    return List.of(
        Operation.get("/turn/credentials", Access.SESSION, Limit.TURN)
            .answeredBy(this::credentials),
        Operation.get("/turn/status", Access.SESSION, Limit.TURN).answeredBy(this::status));
  }

  private Future<Answer> credentials(Caller caller) {
    return bus.request(SignalingContract.ICE_SERVERS, new GetIceServers(caller.userId()))
        .map(
            ice ->
                Answer.ok(
                    out -> {
                      out.writeArrayFieldStart("iceServers");
                      for (IceServer server : ice.servers()) {
                        out.writeStartObject();
                        out.writeArrayFieldStart("urls");
                        for (String url : server.urls()) {
                          out.writeString(url);
                        }
                        out.writeEndArray();
                        JsonText.optional(out, "username", server.username());
                        JsonText.optional(out, "credential", server.credential());
                        out.writeEndObject();
                      }
                      out.writeEndArray();
                      JsonText.time(out, "expiresAt", ice.expiresAt());
                      out.writeStringField("provider", ice.provider());
                      JsonText.optional(out, "warning", ice.warning());
                    }));
  }

  private Future<Answer> status(Caller caller) {
    return bus.request(SignalingContract.ICE_STATUS, new GetIceStatus())
        .map(
            status ->
                Answer.ok(
                    out -> {
                      out.writeBooleanField("coturn", status.coturn());
                      out.writeBooleanField("cloudflare", status.cloudflare());
                      out.writeBooleanField("twilio", status.twilio());
                      JsonText.time(out, "timestamp", timers.now());
                    }));
  }
}
