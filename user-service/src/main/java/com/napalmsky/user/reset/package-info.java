/**
 * Passwords that were forgotten: a link by mail, good once and for a while.
 *
 * <p>Guarantees: asking for a reset gets the same answer in the same time whether or not there is
 * such an account, however the mail server does; a request outlives a restart and is mailed at
 * least once, or given up with a word in the log. Of a token only the hash is stored. A reset ends
 * every session of the user and every other token.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.user.reset;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
