package com.napalmsky.gateway.connection;

/**
 * How much one event loop holds.
 *
 * @param sockets all of them; bounded by admission
 * @param users with a socket here
 * @param errands requests that wait to be tried again; at most {@link ConnectionConfig#errands}
 * @param unread sockets whose unread introductions are still to be looked up; at most {@code
 *     sockets}
 * @param lost sessions whose client may still come back; bounded by {@link
 *     com.napalmsky.gateway.recovery.RecoveryConfig#sessions} for the whole process
 */
public record ConnectionSizes(int sockets, int users, int errands, int unread, int lost) {}
