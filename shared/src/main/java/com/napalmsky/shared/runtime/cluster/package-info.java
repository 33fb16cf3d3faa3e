/**
 * How processes find each other and notice that one is gone, or that they have become deaf
 * themselves. Membership and registrations by Hazelcast, messages by the event bus; ADR 15.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.shared.runtime.cluster;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
