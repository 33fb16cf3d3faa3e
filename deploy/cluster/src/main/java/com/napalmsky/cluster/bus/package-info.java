/**
 * Figures of the event bus between two processes: a program for whoever changes the bus or sizes a
 * cluster.
 */
@NullMarked
package com.napalmsky.cluster.bus;

import org.jspecify.annotations.NullMarked;
