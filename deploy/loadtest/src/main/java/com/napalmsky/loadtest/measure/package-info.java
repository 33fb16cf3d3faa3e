/**
 * What was seen: latencies, figures, failures and the server's process; as a table, as JSON, and
 * two runs side by side.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.loadtest.measure;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
