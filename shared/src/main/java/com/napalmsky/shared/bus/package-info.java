/**
 * Typed request and publish over the Vert.x event bus; the only package that touches it.
 *
 * <p>Guarantees: a request is always answered within its endpoint's limit, with a reply or a {@link
 * com.napalmsky.shared.bus.ServiceFailure}. Messages from one sender to one handler arrive in
 * order. Delivery is best effort: a message may be lost when a node is lost, so whatever must not
 * be lost is stored before it is announced.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.shared.bus;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
