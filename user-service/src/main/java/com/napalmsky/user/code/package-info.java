/**
 * Access codes: taking one use of a code, and the code a user gets of his own.
 *
 * <p>Guarantees: a code is never used more often than it allows, whoever asks at the same time; a
 * user never has two codes of his own.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.user.code;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
