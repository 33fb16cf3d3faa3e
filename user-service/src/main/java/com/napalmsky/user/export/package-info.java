/**
 * Everything that is kept about a person, in one document for that person.
 *
 * <p>Guarantees: each table of the schema is either here or named in {@code
 * docs/contracts/data-protection.md} with the reason why not; a test holds the two to each other.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.user.export;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
