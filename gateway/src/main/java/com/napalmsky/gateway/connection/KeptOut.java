package com.napalmsky.gateway.connection;

import com.napalmsky.gateway.ipban.BannedAddresses;
import com.napalmsky.shared.contract.user.KnownBans;
import com.napalmsky.shared.contract.user.Session;
import org.jspecify.annotations.Nullable;

/**
 * Who may not be here.
 *
 * @param users for tokens that were judged before the ban was heard of
 * @param addresses for sockets that were opened before
 */
record KeptOut(KnownBans users, BannedAddresses addresses) {

  /** Whether a session's user is; nobody's is not. */
  boolean has(@Nullable Session session) {
    return session != null && users.contains(session.userId());
  }

  /** Whether a socket's address is. */
  boolean hasAddressOf(Connection connection) {
    return !addresses.isEmpty() && addresses.of(connection.socket.handshake().remoteIp()) != null;
  }
}
