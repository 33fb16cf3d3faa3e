/**
 * Reports: who may report whom, what a report counts for, and how long it is kept.
 *
 * <p>Guarantees: one report for each pair, however many are sent at once. The one that bans is
 * found while the reported user's row is held, so of several in parallel exactly one does.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.user.report;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
