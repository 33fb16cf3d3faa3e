/**
 * What admins see of bans, and decide.
 *
 * <p>Guarantees: a decision, its entry in the audit log and the weight it takes from reporters are
 * one transaction. A user who is not banned is never touched.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.user.review;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
