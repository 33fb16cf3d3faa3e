/**
 * What is said on a socket, in both directions: the table of client events with the shape and the
 * rights each needs, and how every event to a client looks on the wire. The same is written down
 * for people in {@code asyncapi.yaml}; a test holds the two together.
 *
 * <p>Pure functions: nothing here knows a socket, a user or a service. A payload of any shape is
 * either accepted or refused with a sentence that names the field.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.gateway.event;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
