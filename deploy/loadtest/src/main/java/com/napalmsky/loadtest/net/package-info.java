/**
 * Connections to the server under test. Everything of one connection happens on one event loop, and
 * connections share what they can: compressors, timers, buffers.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.loadtest.net;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
