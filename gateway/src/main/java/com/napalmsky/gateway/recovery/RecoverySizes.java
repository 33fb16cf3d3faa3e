package com.napalmsky.gateway.recovery;

/**
 * What a process keeps for clients that come back.
 *
 * @param sessions whose events are kept, the lost ones included
 * @param bytes that these events take
 */
public record RecoverySizes(int sessions, long bytes) {}
