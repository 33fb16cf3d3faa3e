/**
 * Addresses and networks that an admin keeps out. What is banned is decided here; who comes from
 * there is found out by the gateways, which keep the list.
 *
 * <p>Guarantees: a change and its entry in the audit log are one transaction. The list is bounded.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.user.ipban;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
