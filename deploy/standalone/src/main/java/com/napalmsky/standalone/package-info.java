/**
 * All five services in one JVM with an embedded PostgreSQL: what a newcomer runs. Composes the same
 * functions as the separate processes do; nothing here decides anything about users or calls.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.standalone;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
