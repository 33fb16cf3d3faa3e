/**
 * Who is let in: how many sockets there may be, how many strangers from one address, and how fast
 * they may come. A storm of reconnects is let in at a steady pace, the rest is told when to try
 * again; people in a running call come first.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.gateway.admission;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
