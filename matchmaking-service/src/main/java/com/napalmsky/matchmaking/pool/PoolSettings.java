package com.napalmsky.matchmaking.pool;

import java.time.Duration;

/**
 * @param max how many people the pool holds; further ones are not shown
 * @param gap how long a missing change is waited for before the pool is read anew
 * @param backlogMax how many changes are kept that wait for an earlier one or for the end of a
 *     reading
 * @param check how often the pool asks whether it missed the newest changes
 */
public record PoolSettings(int max, Duration gap, int backlogMax, Duration check) {}
