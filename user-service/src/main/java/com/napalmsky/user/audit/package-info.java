/**
 * What admins did: who, what, to whom, when, from where. Written in the transaction of the deed, so
 * that neither exists without the other; the database refuses to change or delete an entry.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.user.audit;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
