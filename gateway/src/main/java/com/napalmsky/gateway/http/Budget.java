package com.napalmsky.gateway.http;

import com.napalmsky.gateway.limits.Allowance;
import com.napalmsky.gateway.limits.ClientAddress;
import com.napalmsky.gateway.limits.Limit;
import com.napalmsky.gateway.limits.Limit.Counts;
import com.napalmsky.gateway.limits.RateLimits;
import io.vertx.core.Future;
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

  /**
   * Whether what is counted before anybody is known leaves room for this request. What is asked
   * about several limits is asked at once, so that it takes no longer than about one.
   */
  Future<Boolean> open() {
    List<Future<Boolean>> asked = new ArrayList<>(2);
    for (Limit limit : ofRoute) {
      if (limit.counts() == Counts.FAILURES || limit.counts() == Counts.GUESSES) {
        asked.add(limits.look(limit, address).map(this::leavesRoom));
      }
      // Used up first and given back later: many attempts at once are no way around the limit.
      for (String owner : reservedFor(limit)) {
        asked.add(limits.take(limit, owner).map(taken -> reserve(limit, owner, taken)));
      }
    }
    return allTrue(asked).compose(this::opened);
  }

  private Future<Boolean> opened(boolean room) {
    opened = room;
    if (room) {
      return Future.succeededFuture(true);
    }
    List<Reservation> vain = List.copyOf(reserved);
    reserved.clear();
    return Future.all(vain.stream().map(this::giveBack).toList()).map(false);
  }

  private boolean leavesRoom(Allowance looked) {
    return !note(address, looked).exceeded();
  }

  private boolean reserve(Limit limit, String owner, Allowance taken) {
    boolean exceeded = note(owner, taken).exceeded();
    if (!exceeded) {
      reserved.add(new Reservation(limit, owner));
    }
    return !exceeded;
  }

  private static Future<Boolean> allTrue(List<Future<Boolean>> asked) {
    return asked.isEmpty()
        ? Future.succeededFuture(true)
        : Future.all(asked).map(all -> all.<Boolean>list().stream().allMatch(one -> one));
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
  Future<Boolean> letsStrangersAsk() {
    List<Future<Boolean>> asked = new ArrayList<>(1);
    for (Limit limit : ofRoute) {
      if (limit.counts() == Counts.ALL) {
        asked.add(limits.look(limit, address).map(this::leavesRoom));
      }
    }
    return allTrue(asked);
  }

  /**
   * Counts this request where all are counted.
   *
   * @param userId who asks; null for a stranger, who is counted by his address
   * @return whether there was room for it
   */
  Future<Boolean> charge(@Nullable UUID userId) {
    String owner = userId == null ? address : "user:" + userId;
    List<Future<Boolean>> asked = new ArrayList<>(1);
    for (Limit limit : ofRoute) {
      if (limit.counts() == Counts.ALL) {
        latest.remove(limit.id() + address);
        asked.add(limits.take(limit, owner).map(taken -> !note(owner, taken).exceeded()));
      } else if (limit.counts() == Counts.GUESSES && userId != null) {
        asked.add(limits.take(limit, owner).map(taken -> guess(owner, taken)));
      }
    }
    return allTrue(asked);
  }

  private boolean guess(String owner, Allowance taken) {
    boolean exceeded = note(owner, taken).exceeded();
    guesser = exceeded ? null : owner;
    return !exceeded;
  }

  /** Settles what depends on how the request ended, and says on the answer what is left. */
  Future<Answer> close(Answer answer) {
    return opened ? settle(answer).map(this::said) : Future.succeededFuture(said(answer));
  }

  private Future<Answer> settle(Answer answer) {
    int status = answer.status();
    boolean theirFault = status >= 400 && status < 500 && status != 429;
    List<Future<?>> settling = new ArrayList<>(2);
    Future<Answer> settled = Future.succeededFuture(answer);
    for (Reservation one : reserved) {
      boolean counts = one.limit().counts() == Counts.FAILURES ? theirFault : status < 400;
      if (!counts) {
        settling.add(giveBack(one));
      }
    }
    for (Limit limit : ofRoute) {
      if (limit.counts() == Counts.GUESSES) {
        settled = settleGuess(limit, answer);
      } else if (theirFault && limit.counts() == Counts.FAILURES) {
        settling.add(limits.take(limit, address).map(taken -> note(address, taken)));
      }
    }
    Future<Answer> last = settled;
    return settling.isEmpty() ? last : Future.all(settling).compose(done -> last);
  }

  private Answer said(Answer answer) {
    Allowance tightest = tightest();
    return tightest == null || !tightest.limited()
        ? answer
        : answer
            .with(POLICY, tightest.most() + ";w=" + tightest.limit().window().toSeconds())
            .with(LIMIT, String.valueOf(tightest.most()))
            .with(REMAINING, String.valueOf(tightest.remaining()))
            .with(RESET, String.valueOf(tightest.resetSeconds()));
  }

  private Future<Allowance> giveBack(Reservation one) {
    return limits.giveBack(one.limit(), one.owner()).map(left -> note(one.owner(), left));
  }

  private Future<Answer> settleGuess(Limit limit, Answer answer) {
    String own = guesser;
    if (answer.isWrongGuess()) {
      return limits.take(limit, address).map(taken -> tell(answer, note(address, taken), own));
    }
    return own == null
        ? Future.succeededFuture(answer)
        : limits.giveBack(limit, own).map(left -> note(own, left)).map(answer);
  }

  private Answer tell(Answer answer, Allowance left, @Nullable String whose) {
    Limit limit = left.limit();
    Allowance own = whose == null ? left : latest.getOrDefault(limit.id() + whose, left);
    return left.limited() ? answer.counted(Math.min(left.remaining(), own.remaining())) : answer;
  }

  /** The answer to a request that has no room. */
  Answer tooMany() {
    Allowance spent = tightest();
    long seconds = spent == null ? 1 : spent.resetSeconds();
    // Where codes are tried, clients have always been told milliseconds.
    boolean inMillis = ofRoute.contains(Limit.CODE_GUESSES);
    return Answer.tooMany("Too many requests", seconds, inMillis ? 1000 * seconds : seconds);
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
