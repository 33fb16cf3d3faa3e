/**
 * One client's connection from the first packet to the goodbye: who it is, what it may say, in
 * which order that is carried out, and what happens to it when its session ends.
 *
 * <p>Everything is confined to the event loop that accepted the socket. Events of one socket are
 * carried out in the order in which they came. Whatever a client sends, it gets an answer and its
 * connection stays, unless it floods. A socket that presence was told of is taken back there, also
 * when presence cannot be reached at that moment.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.gateway.connection;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
