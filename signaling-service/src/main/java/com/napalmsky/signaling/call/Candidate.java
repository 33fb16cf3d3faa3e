package com.napalmsky.signaling.call;

import com.napalmsky.shared.contract.gateway.SocketRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The newest socket with which a member returned although another one is bound to the call. It
 * takes the place if the bound one turns out to be lost soon. Later it does not: then it is another
 * tab, and the page that holds the call may just be reloading.
 *
 * @param socket null when it was lost as well; the bound one is in doubt all the same
 * @param since when it returned
 * @param told whether the member had been told that his peer is away when the doubt began: what was
 *     sent since may never have reached him
 */
record Candidate(@Nullable SocketRef socket, Instant since, boolean told) {

  Candidate gone() {
    return new Candidate(null, since, told);
  }
}
