package com.napalmsky.gateway.connection;

import com.napalmsky.shared.runtime.Timers.Cancellable;
import java.util.UUID;

/**
 * An invite that this socket sent and that is not answered.
 *
 * @param expiry forgets it when no answer comes at all
 */
record PendingInvite(UUID inviteId, UUID callee, Cancellable expiry) {}
