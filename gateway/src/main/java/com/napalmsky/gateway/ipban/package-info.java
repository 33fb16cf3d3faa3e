/**
 * Which addresses are kept out: the list of user-service, held in memory of this process, and how
 * it is kept up to date.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.gateway.ipban;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
