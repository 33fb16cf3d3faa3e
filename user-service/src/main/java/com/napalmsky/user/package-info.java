/**
 * Accounts, sessions, cooldowns, history and metrics on PostgreSQL.
 *
 * <p>Whatever an operation changed is committed when it answers. Instances share nothing but the
 * database, so any of them may answer anything.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.user;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
