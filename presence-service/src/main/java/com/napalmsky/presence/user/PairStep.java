package com.napalmsky.presence.user;

/**
 * What a claim made of two users.
 *
 * @param claimed whether both are in the call now
 * @param first equal to the one before when not claimed, or claimed before
 * @param second the same for the second user
 */
public record PairStep(boolean claimed, User first, User second) {}
