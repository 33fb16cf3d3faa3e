package com.napalmsky.shared.contract.user;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A place in a list that is read from its newest entry on: everything behind it follows.
 *
 * @param at the instant of the last entry read
 * @param id of that entry, which tells entries of one instant apart; null for everything earlier
 *     than the instant
 */
public record Cursor(Instant at, @Nullable UUID id) {}
