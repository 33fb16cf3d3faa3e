package com.napalmsky.signaling.ice;

import com.napalmsky.shared.contract.signaling.SignalingContract.IceServer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** The Network Traversal Service of Twilio; one request for each user. */
final class Twilio implements TurnProvider {

  static final String NAME = "twilio";

  /**
   * @param apiBase without a slash at the end
   * @param account its SID
   * @param token of the account; secret
   */
  record Access(String apiBase, String account, String token) {
    @Override
    public String toString() {
      return "Twilio[apiBase=" + apiBase + "]";
    }
  }

  private final Access access;
  private final ProviderClient client;
  private final Buffer body;

  Twilio(Access access, ProviderClient client, Duration life) {
    this.access = access;
    this.client = client;
    body = Buffer.buffer("Ttl=" + life.toSeconds());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Future<List<IceServer>> relaysFor(UUID userId) {
    return client
        .post(
            access.apiBase() + "/2010-04-01/Accounts/" + access.account() + "/Tokens.json",
            "Basic " + basic(),
            "application/x-www-form-urlencoded",
            body)
        .map(answer -> Relays.read(answer.getValue("ice_servers")));
  }

  private String basic() {
    return Base64.getEncoder()
        .encodeToString((access.account() + ":" + access.token()).getBytes(StandardCharsets.UTF_8));
  }
}
