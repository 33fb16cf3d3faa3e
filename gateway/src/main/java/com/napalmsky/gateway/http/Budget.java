package com.napalmsky.gateway.http;

import com.napalmsky.gateway.limits.Allowance;
import com.napalmsky.gateway.limits.ClientAddress;
import com.napalmsky.gateway.limits.Limit;
import com.napalmsky.gateway.limits.Limit.Counts;
import com.napalmsky.gateway.limits.RateLimits;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one request uses up of the limits of its route. Confined to its request. */
final class Budget {

  private static final CharSequence POLICY = HttpHeaders.createOptimized("RateLimit-Policy");
  private static final CharSequence LIMIT = HttpHeaders.createOptimized("RateLimit-Limit");
  private static final CharSequence REMAINING = HttpHeaders.createOptimized("RateLimit-Remaining");
  private static final CharSequence RESET = HttpHeaders.createOptimized("RateLimit-Reset");

  private final RateLimits limits;
  private final List<Limit> ofRoute;
  private final String address;
  private final @Nullable String account;
  private final Map<String, Allowance> latest = new HashMap<>(4);
  private final List<Reservation> reserved = new ArrayList<>(2);
  private @Nullable String guesser;
  private boolean opened;

  /** What was used up before it is known how the request ends. */
  private record Reservation(Limit limit, String owner) {}

  /**
   * @param account whose failures are counted besides the address's, or null
   */
  Budget(RateLimits limits, List<Limit> ofRoute, String ip, @Nullable String account) {
    this.limits = limits;
    this.ofRoute = ofRoute;
    this.address = "ip:" + ClientAddress.limitKey(ip);
    this.account = account == null ? null : "account:" + account;
  }

  /** Whether what is counted before anybody is known leaves room for this request. */
  boolean open() {
    for (Limit limit : ofRoute) {
      boolean looked = limit.counts() == Counts.FAILURES || limit.counts() == Counts.GUESSES;
      if (looked && noted(limits.look(limit, address)).exceeded()) {
        return false;
      }
    }
    for (Limit limit : ofRoute) {
      // Used up first and given back later: many attempts at once are no way around the limit.
      for (String owner : reservedFor(limit)) {
        if (note(owner, limits.take(limit, owner)).exceeded()) {
          reserved.forEach(this::giveBack);
          reserved.clear();
          return false;
        }
        reserved.add(new Reservation(limit, owner));
      }
    }
    opened = true;
    return true;
  }

  /** Whose share of a limit a request uses up before it is known how it ends. */
  private List<String> reservedFor(Limit limit) {
    return switch (limit.counts()) {
      case ALL, GUESSES -> List.of();
      case FAILURES -> account == null ? List.of() : List.of(account);
      case SUCCESSES -> account == null ? List.of(address) : List.of(address, account);
    };
  }

  /** Whether this address may still have tokens looked up that nobody here knows. */
  boolean letsStrangersAsk() {
    for (Limit limit : ofRoute) {
      if (limit.counts() == Counts.ALL && noted(limits.look(limit, address)).exceeded()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Counts this request where all are counted.
   *
   * @param userId who asks; null for a stranger, who is counted by his address
   * @return whether there was room for it
   */
  boolean charge(@Nullable UUID userId) {
    String owner = userId == null ? address : "user:" + userId;
    for (Limit limit : ofRoute) {
      if (limit.counts() == Counts.ALL) {
        latest.remove(limit.id() + address);
        if (note(owner, limits.take(limit, owner)).exceeded()) {
          return false;
        }
      } else if (limit.counts() == Counts.GUESSES && userId != null) {
        if (note(owner, limits.take(limit, owner)).exceeded()) {
          return false;
        }
        guesser = owner;
      }
    }
    return true;
  }

  /** Settles what depends on how the request ended, and says on the answer what is left. */
  Answer close(Answer answer) {
    int status = answer.status();
    if (opened) {
      boolean theirFault = status >= 400 && status < 500 && status != 429;
      for (Reservation one : reserved) {
        boolean counts = one.limit().counts() == Counts.FAILURES ? theirFault : status < 400;
        if (!counts) {
          giveBack(one);
        }
      }
      for (Limit limit : ofRoute) {
        if (limit.counts() == Counts.GUESSES) {
          answer = settleGuess(limit, answer);
        } else if (theirFault && limit.counts() == Counts.FAILURES) {
          Allowance unused = note(address, limits.take(limit, address));
        }
      }
    }
    Allowance tightest = tightest();
    if (tightest != null && tightest.limited()) {
      answer
          .with(POLICY, tightest.most() + ";w=" + tightest.limit().window().toSeconds())
          .with(LIMIT, String.valueOf(tightest.most()))
          .with(REMAINING, String.valueOf(tightest.remaining()))
          .with(RESET, String.valueOf(tightest.resetSeconds()));
    }
    return answer;
  }

  private void giveBack(Reservation one) {
    Allowance unused = note(one.owner(), limits.giveBack(one.limit(), one.owner()));
  }

  private Answer settleGuess(Limit limit, Answer answer) {
    if (answer.isWrongGuess()) {
      Allowance left = note(address, limits.take(limit, address));
      Allowance own = guesser == null ? left : latest.getOrDefault(limit.id() + guesser, left);
      return left.limited() ? answer.counted(Math.min(left.remaining(), own.remaining())) : answer;
    }
    if (guesser != null) {
      Allowance unused = note(guesser, limits.giveBack(limit, guesser));
    }
    return answer;
  }

  /** The answer to a request that has no room. */
  Answer tooMany() {
    Allowance spent = tightest();
    long seconds = spent == null ? 1 : spent.resetSeconds();
    // Where codes are tried, clients have always been told milliseconds.
    boolean inMillis = ofRoute.contains(Limit.CODE_GUESSES);
    return Answer.tooMany("Too many requests", seconds, inMillis ? 1000 * seconds : seconds);
  }

  private Allowance noted(Allowance allowance) {
    return note(address, allowance);
  }

  private Allowance note(String owner, Allowance allowance) {
    latest.put(allowance.limit().id() + owner, allowance);
    return allowance;
  }

  private @Nullable Allowance tightest() {
    Allowance tightest = null;
    for (Allowance allowance : latest.values()) {
      tightest = tightest == null ? allowance : tightest.tighter(allowance);
    }
    return tightest;
  }
}
