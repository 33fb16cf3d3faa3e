package com.napalmsky.gateway.http;

import com.napalmsky.gateway.limits.Limit;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One route: what the guard asks for, how the request is read, what answers it.
 *
 * @param path {@code {name}} stands for a segment that is read with {@link Inbound#path}
 * @param mostBytes of a body that is taken as it comes; 0 for a body of JSON
 * @param streams whether the body is left to the operation, which reads it with {@link
 *     Inbound#transfer} after the guard let the request in
 * @param token where the session's token stands
 * @param account whose attempts are counted besides the address's; null for nobody's
 * @param <F> what is read from the request
 */
public record Operation<F>(
    HttpMethod method,
    String path,
    Access access,
    List<Limit> limits,
    int mostBytes,
    boolean streams,
    Function<Inbound, F> form,
    TokenPlace<F> token,
    Function<F, @Nullable String> account,
    Verb<F> verb) {

  /** Whether requests carry a body. */
  public boolean hasBody() {
    return method != HttpMethod.GET;
  }

  /** Whether the body is taken as it comes, whatever it is. */
  public boolean takesBytes() {
    return mostBytes > 0;
  }

  /** Whether the body is read before the guard is asked. */
  boolean readsFirst() {
    return hasBody() && !streams;
  }

  /** Does the work. */
  @FunctionalInterface
  public interface Verb<F> {

    /**
     * @return the answer, or a {@link Refusal}, or what a service failed with
     */
    Future<Answer> answer(Caller caller, F form);
  }

  /** Finds the token in a request. */
  @FunctionalInterface
  public interface TokenPlace<F> {
    @Nullable String of(Inbound inbound, F form);
  }

  /** Begins the description of a GET route. */
  public static Draft get(String path, Access access, Limit... limits) {
    return new Draft(HttpMethod.GET, path, access, List.of(limits));
  }

  /** Begins the description of a POST route. */
  public static Draft post(String path, Access access, Limit... limits) {
    return new Draft(HttpMethod.POST, path, access, List.of(limits));
  }

  /** Begins the description of a PUT route. */
  public static Draft put(String path, Access access, Limit... limits) {
    return new Draft(HttpMethod.PUT, path, access, List.of(limits));
  }

  /** Begins the description of a DELETE route. */
  public static Draft delete(String path, Access access, Limit... limits) {
    return new Draft(HttpMethod.DELETE, path, access, List.of(limits));
  }

  /** A route whose request is not yet described. */
  public record Draft(
      HttpMethod method,
      String path,
      Access access,
      List<Limit> limits,
      int mostBytes,
      boolean streams) {

    private Draft(HttpMethod method, String path, Access access, List<Limit> limits) {
      this(method, path, access, limits, 0, false);
    }

    /**
     * The body is not JSON to us but bytes, as they come.
     *
     * @param most how many
     */
    public Draft takingBytes(int most) {
      return new Draft(method, path, access, limits, most, false);
    }

    /** The route reads its body itself, or is asked for more than an answer with a body. */
    public Draft streaming() {
      return new Draft(method, path, access, limits, 0, true);
    }

    /** A route that reads nothing from the request. */
    public Operation<Inbound> answeredBy(Function<Caller, Future<Answer>> verb) {
      return reading(
              inbound -> {
                inbound.body().requireReadable();
                return inbound;
              })
          .answeredBy((caller, nothing) -> verb.apply(caller));
    }

    /**
     * @param form throws a {@link Refusal} for what does not fit
     */
    public <F> Shaped<F> reading(Function<Inbound, F> form) {
      return new Shaped<>(this, form, (inbound, read) -> inbound.token(), read -> null);
    }
  }

  /** A route whose request is described. */
  public record Shaped<F>(
      Draft draft,
      Function<Inbound, F> form,
      TokenPlace<F> token,
      Function<F, @Nullable String> account) {

    /** The token is in the request, not in the header. */
    public Shaped<F> tokenIn(Function<F, String> place) {
      return new Shaped<>(draft, form, (inbound, read) -> place.apply(read), account);
    }

    /** Attempts are counted by this account as well. */
    public Shaped<F> countedBy(Function<F, @Nullable String> whose) {
      return new Shaped<>(draft, form, token, whose);
    }

    /** The whole route. */
    public Operation<F> answeredBy(Verb<F> verb) {
      return new Operation<>(
          draft.method(),
          draft.path(),
          draft.access(),
          draft.limits(),
          draft.mostBytes(),
          draft.streams(),
          form,
          token,
          account,
          verb);
    }
  }
}
