/**
 * Access codes: taking one use of a code, the code a user gets of his own, and what administrators
 * do with codes.
 *
 * <p>Guarantees: a code is never used more often than it allows, whoever asks at the same time; a
 * use and the access it gives are one transaction; a user never has two codes of his own, and none
 * that works before it is unlocked; what was deactivated stays so.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.user.code;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
