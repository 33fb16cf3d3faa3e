package com.napalmsky.gateway.auth;

import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.contract.user.BanContract;
import com.napalmsky.shared.contract.user.UserContract;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.jspecify.annotations.Nullable;

/** Tells this process's session cache what user-service announces. Deployed once. */
public final class SessionEvents extends VerticleBase {

  private final SessionCache sessions;
  private @Nullable TypedBus bus;

  public SessionEvents(SessionCache sessions) {
    this.sessions = sessions;
  }

  @Override
  public Future<?> start() {
    TypedBus opened = new TypedBus(vertx);
    bus = opened;
    return Future.all(
            opened.subscribe(UserContract.SESSIONS_ENDED, sessions::onSessionsEnded),
            opened.subscribe(UserContract.ACCOUNT_CHANGED, sessions::onAccountChanged),
            opened.subscribe(BanContract.BAN_CHANGED, sessions::onBanChanged))
        .recover(cause -> opened.close().transform(closed -> Future.failedFuture(cause)));
  }

  @Override
  public Future<?> stop() {
    return bus == null ? Future.succeededFuture() : bus.close();
  }
}
