package com.napalmsky.gateway.connection;

import com.napalmsky.shared.runtime.Timers.Cancellable;
import java.time.Instant;
import java.util.UUID;

/**
 * An invite that this socket sent and that is not answered.
 *
 * @param expiresAt when the invite ends by itself
 * @param expiry forgets it when no answer comes at all
 */
record PendingInvite(UUID inviteId, UUID callee, Instant expiresAt, Cancellable expiry) {}
