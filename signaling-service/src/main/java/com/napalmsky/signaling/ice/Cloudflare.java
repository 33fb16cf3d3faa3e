package com.napalmsky.signaling.ice;

import com.napalmsky.shared.contract.signaling.SignalingContract.IceServer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** The TURN service of Cloudflare; one request for each user. */
final class Cloudflare implements TurnProvider {

  static final String NAME = "cloudflare";

  /**
   * @param apiBase without a slash at the end
   * @param key id of the TURN key
   * @param token of the TURN key; secret
   */
  record Access(String apiBase, String key, String token) {
    @Override
    public String toString() {
      return "Cloudflare[apiBase=" + apiBase + "]";
    }
  }

  private final Access access;
  private final ProviderClient client;
  private final Buffer body;

  Cloudflare(Access access, ProviderClient client, Duration life) {
    this.access = access;
    this.client = client;
    body = new JsonObject().put("ttl", life.toSeconds()).toBuffer();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Future<List<IceServer>> relaysFor(UUID userId) {
    return client
        .post(
            access.apiBase()
                + "/v1/turn/keys/"
                + access.key()
                + "/credentials/generate-ice-servers",
            "Bearer " + access.token(),
            "application/json",
            body)
        .map(answer -> Relays.read(answer.getValue("iceServers")));
  }
}
