/**
 * Admins: how they come in, and what they may see of people.
 *
 * <p>Guarantees: a session opened here ends after a fixed time; wrong passwords lock the name for a
 * while, counted in the database; every deed is in the audit log.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.user.admin;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
