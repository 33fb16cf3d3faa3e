/** What the operator sees: the progress, the closing table, and why it cannot go on. */
@NullMarked
@CheckReturnValue
package com.napalmsky.importold.report;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
