/**
 * Our database: brought up to date, written row by row of a batch, together with how far the import
 * is.
 *
 * <p>Guarantees: a batch and the progress it makes are one transaction; a row that is refused takes
 * no other row with it.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.importold.destination;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
