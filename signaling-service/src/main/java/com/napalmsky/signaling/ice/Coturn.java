package com.napalmsky.signaling.ice;

import com.napalmsky.shared.contract.signaling.SignalingContract.IceServer;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Our own TURN servers, which share a secret with us ({@code use-auth-secret} of coturn): the name
 * of a user is {@code <end as Unix seconds>:<user id>}, his password the HMAC of it. Asks nobody.
 */
final class Coturn implements TurnProvider {

  static final String NAME = "coturn";

  // What coturn computes; as a MAC, SHA-1 is not broken.
  private static final String ALGORITHM = "HmacSHA1";

  /**
   * @param urls {@code turn:host:port} or {@code turns:…}, at least one
   * @param secret what the servers know too
   */
  record Access(List<String> urls, String secret) {
    Access {
      urls = List.copyOf(urls);
    }

    @Override
    public String toString() {
      return "Coturn[urls=" + urls + "]";
    }
  }

  private final Access access;
  private final Timers timers;
  private final Duration life;

  Coturn(Access access, Timers timers, Duration life) {
    this.access = access;
    this.timers = timers;
    this.life = life;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Future<List<IceServer>> relaysFor(UUID userId) {
    String username = timers.now().plus(life).getEpochSecond() + ":" + userId;
    return Future.succeededFuture(
        List.of(new IceServer(access.urls(), username, credential(username))));
  }

  private String credential(String username) {
    try {
      // A Mac is no thing for several threads.
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(access.secret().getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(username.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has " + ALGORITHM, impossible);
    }
  }
}
