/**
 * A terminal's view of {@code GET /bus} on a management port: a table that is drawn anew each
 * second, or the lines as they come. Knows nothing of the services but that page.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.bustail;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
