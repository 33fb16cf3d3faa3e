package com.napalmsky.gateway.limits;

import io.vertx.core.Future;

/**
 * How often one may ask: fixed windows, one for each limit and owner, which begin with the first
 * request that is counted. Nothing fails: what cannot be counted everywhere is counted here.
 */
public interface RateLimits {

  /** Uses up one request, if there is one left. */
  Future<Allowance> take(Limit limit, String owner);

  /** What is left, without using anything up; exceeded when nothing is. */
  Future<Allowance> look(Limit limit, String owner);

  /** Gives back what {@link #take} used up, for a request that does not count after all. */
  Future<Allowance> giveBack(Limit limit, String owner);

  /** Counts this process alone. */
  static RateLimits here(Windows windows) {
    return new RateLimits() {
      @Override
      public Future<Allowance> take(Limit limit, String owner) {
        return Future.succeededFuture(windows.take(limit, owner));
      }

      @Override
      public Future<Allowance> look(Limit limit, String owner) {
        return Future.succeededFuture(windows.look(limit, owner));
      }

      @Override
      public Future<Allowance> giveBack(Limit limit, String owner) {
        return Future.succeededFuture(windows.giveBack(limit, owner));
      }
    };
  }
}
