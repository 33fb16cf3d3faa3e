package com.napalmsky.signaling.call;

import java.time.Duration;

/**
 * The limits of calls.
 *
 * @param calls that one instance holds at once
 * @param tombstones that one instance keeps
 * @param tombstoneFor how long an ended call is remembered
 * @param setup within which talk must begin
 * @param grace within which a lost member may return
 * @param signalAge after which buffered signalling is worthless
 * @param sdpLength of an offer or an answer, in characters
 * @param candidateLength of a candidate, in characters
 * @param candidates buffered for a member
 * @param chat lines and shared socials of one call
 * @param allChatChars of the chats of all calls of an instance together; 200 more count for each
 *     line
 * @param chatPerSecond of one member
 * @param outbox events buffered for a member
 * @param snapshotChars of what is buffered for a member that a snapshot holds, about
 * @param snapshotDelay within which chat and buffered events come into the snapshot
 * @param lease without which an instance is taken for lost
 */
public record CallBounds(
    int calls,
    int tombstones,
    Duration tombstoneFor,
    Duration setup,
    Duration grace,
    Duration signalAge,
    int sdpLength,
    int candidateLength,
    int candidates,
    int chat,
    int allChatChars,
    int chatPerSecond,
    int outbox,
    int snapshotChars,
    Duration snapshotDelay,
    Duration lease) {}
