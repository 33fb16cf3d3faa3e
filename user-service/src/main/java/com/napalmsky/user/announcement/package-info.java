/**
 * What admins tell everybody: a bounded number of texts, each with an end.
 *
 * <p>Guarantees: stored before it is announced; whoever comes later finds it by asking.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.user.announcement;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
