package com.napalmsky.gateway.recovery;

import com.napalmsky.gateway.recovery.OpenSession.Ending;
import java.security.SecureRandom;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a process that clients can come back to, on whichever of its event loops. One
 * loop hands a session to another by leaving it here as lost: the log goes with it, and only one
 * taker gets it.
 *
 * <p>Safe from any context.
 */
public final class RecoverableSessions {

  private static final int SECRET_BYTES = 32;

  private final RecoveryConfig config;
  private final Budget budget;
  private final Map<String, HeldSession> byPid = new ConcurrentHashMap<>();
  private final AtomicInteger size = new AtomicInteger();
  private final byte[] secret = new byte[SECRET_BYTES];

  public RecoverableSessions(RecoveryConfig config) {
    this.config = config;
    this.budget = new Budget(config.totalBytes());
    new SecureRandom().nextBytes(secret);
  }

  public RecoveryConfig config() {
    return config;
  }

  /** The private ids of the process, for one event loop. */
  public PrivateIds ids() {
    return new PrivateIds(secret);
  }

  /**
   * Begins to keep the events of a session; it is the caller's until he gives it back by {@link
   * #lose} or {@link #close}.
   *
   * @return null when there are as many as there may be
   */
  public @Nullable OpenSession open(String pid, String sid, Ending ending) {
    if (size.incrementAndGet() > config.sessions()) {
      size.decrementAndGet();
      return null;
    }
    OpenSession open = new OpenSession(pid, sid, new EventLog(config, budget, sid), ending);
    byPid.put(pid, open);
    return open;
  }

  /** What there is for a private id, or null. */
  public @Nullable HeldSession find(String pid) {
    return byPid.get(pid);
  }

  /** The socket is gone; its client may come back. */
  public LostSession lose(OpenSession open, UUID userSession, Involvement involvement) {
    LostSession lost =
        new LostSession(open.pid(), open.sid(), userSession, open.log(), involvement);
    byPid.replace(open.pid(), open, lost);
    return lost;
  }

  /**
   * The client is back.
   *
   * @return the session, now the caller's; null when another one was faster or its time is over
   */
  public @Nullable OpenSession resume(LostSession lost, Ending ending) {
    OpenSession open = new OpenSession(lost.pid(), lost.sid(), lost.log(), ending);
    return byPid.replace(lost.pid(), lost, open) ? open : null;
  }

  /** Nobody can come back to it any more. */
  public void close(OpenSession open) {
    remove(open.pid(), open, open.log());
  }

  /** Its time is over; does nothing when it was taken. */
  public void expire(LostSession lost) {
    remove(lost.pid(), lost, lost.log());
  }

  /** What is held now. */
  public RecoverySizes sizes() {
    return new RecoverySizes(size.get(), budget.used());
  }

  private void remove(String pid, HeldSession held, EventLog log) {
    if (byPid.remove(pid, held)) {
      size.decrementAndGet();
      log.clear();
    }
  }
}
