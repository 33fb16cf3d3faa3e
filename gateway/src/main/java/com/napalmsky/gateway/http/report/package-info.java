/**
 * {@code /report/*} and {@code /user/blocks}: what people do against each other, and what admins
 * make of it.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.gateway.http.report;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
