/** {@code /admin/*}: how admins come in, and what they see and do. */
@NullMarked
@CheckReturnValue
package com.napalmsky.gateway.http.admin;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
