/**
 * What a process counts, as Prometheus reads it. Features count in plain adders of their own and
 * know nothing of metrics; what puts them together names their numbers here, where they are read
 * when somebody asks. A label's values are the constants of an enum or names written in the code,
 * so no user, room or address can become one.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.shared.runtime.meter;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
