/**
 * Ended calls on their way to the database, and their members' way out of the call.
 *
 * <p>Guarantees: a call that has to be stored is put into the queue before anything is asked of
 * user-service, leaves it only when user-service has committed it or refuses it for good, and is
 * offered one attempt at a time. Members are released at once, whatever the database does.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.signaling.finish;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
