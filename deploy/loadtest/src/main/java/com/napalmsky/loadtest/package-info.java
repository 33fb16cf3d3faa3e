/**
 * A load generator for the public contract: one process holds thousands of clients, drives one
 * scenario and prints what it measured.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.loadtest;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
