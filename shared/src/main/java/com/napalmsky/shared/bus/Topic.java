package com.napalmsky.shared.bus;

/**
 * Facts that a service announces to whoever listens. Best effort: a listener that must not miss one
 * asks for the present state as well.
 *
 * @param address {@code <service>.v<major>.<event>}
 * @param event immutable; carried by reference inside one JVM
 */
public record Topic<E extends Record>(String address, Class<E> event) {}
