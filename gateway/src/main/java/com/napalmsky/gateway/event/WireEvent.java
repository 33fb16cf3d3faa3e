package com.napalmsky.gateway.event;

import org.jspecify.annotations.Nullable;

/**
 * An event as a client gets it.
 *
 * @param payload the one argument as JSON text, or null for none
 */
public record WireEvent(String name, @Nullable String payload) {}
