/**
 * Mail to users: one port, sent by SMTP or, where no mail server is set, written to the log.
 *
 * <p>Guarantees: a mail that was sent was taken by the server; every other end is a failure, at the
 * latest after the limit. Nothing is tried twice here. No address and no password is in any text of
 * this package.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.user.mail;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
