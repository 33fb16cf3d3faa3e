/**
 * What people do, one class for each scenario. A scenario runs on the main thread and waits there;
 * everything it starts happens on the event loops and is bounded in number and time.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.loadtest.scenario;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
