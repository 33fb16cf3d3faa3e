/**
 * A service as a process of its own: joins the cluster, starts, says whether it is ready, waits for
 * the stop signal and stops in order.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.shared.runtime.process;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
