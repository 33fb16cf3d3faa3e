/**
 * What services may ask of the gateway that holds a socket. See {@code docs/contracts/gateway.md}.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.shared.contract.gateway;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
