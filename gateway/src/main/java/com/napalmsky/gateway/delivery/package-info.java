/**
 * Takes the orders of services for the sockets of one event loop. What is sent to one socket leaves
 * in the order in which the orders came.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.gateway.delivery;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
