package com.napalmsky.matchmaking.invite;

import com.napalmsky.shared.contract.gateway.SocketRef;
import java.util.UUID;

/**
 * The callee's yes, with all that is needed to start the call, so that whoever finds it unfinished
 * starts the same call and no other.
 *
 * @param roomId chosen by who took the invite
 * @param socket which takes the call for the callee
 * @param calleesWish how long the call shall be, in seconds
 */
record Acceptance(UUID roomId, SocketRef socket, int calleesWish) {}
