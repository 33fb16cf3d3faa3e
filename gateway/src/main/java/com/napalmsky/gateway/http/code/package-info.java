/**
 * Access codes under {@code /payment/*}: using and checking one, its QR image, and what admins do
 * with codes.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.gateway.http.code;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
