package com.napalmsky.gateway.lobby;

/**
 * How much the lobby of one event loop holds.
 *
 * @param seats sockets in the lobby
 * @param people who are looked at; at most seats × {@link LobbyConfig#viewPeople}
 * @param pendingChanges people who changed since the last tick; at most {@link
 *     LobbyConfig#pendingChanges}
 * @param hinted seats that wait for a hint or rest after one
 */
public record LobbySizes(int seats, int people, int pendingChanges, int hinted) {}
