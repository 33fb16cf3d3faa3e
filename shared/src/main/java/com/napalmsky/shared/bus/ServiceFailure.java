package com.napalmsky.shared.bus;

import java.util.Arrays;

/**
 * No answer could be given. Outcomes that a caller is expected to handle are part of the reply
 * instead.
 *
 * <p>Carries no stack trace: it usually has crossed a process.
 */
public final class ServiceFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Code code;
  private final Origin origin;

  private enum Origin {
    /** Somebody said so. */
    ANSWER,
    NOBODY_THERE,
    SILENCE
  }

  /** Why there is no answer. The set is closed and a number is never used again. */
  public enum Code {
    /** The request broke a rule of the contract; sending it again cannot help. */
    INVALID_REQUEST(1, false),
    /** The state of the thing forbids it. */
    CONFLICT(2, false),
    /** Too much is under way; the same request may succeed later. */
    OVERLOADED(3, true),
    /** A fault of ours, logged where it happened. */
    INTERNAL(4, false),
    /** Nobody answered in time or nobody is there; the work may have been done. */
    UNAVAILABLE(5, true);

    private final int number;
    private final boolean retryable;

    Code(int number, boolean retryable) {
      this.number = number;
      this.retryable = retryable;
    }

    /** The number on the wire. */
    public int number() {
      return number;
    }

    /** Whether an idempotent request may be sent again, with a limit and jitter. */
    public boolean retryable() {
      return retryable;
    }

    static Code of(int number) {
      return Arrays.stream(values())
          .filter(code -> code.number == number)
          .findFirst()
          .orElse(INTERNAL);
    }
  }

  /**
   * @param message for developers and logs; never shown to a client
   */
  public ServiceFailure(Code code, String message) {
    this(code, message, Origin.ANSWER);
  }

  private ServiceFailure(Code code, String message, Origin origin) {
    super(message, null, false, false);
    this.code = code;
    this.origin = origin;
  }

  /** Why there is no answer. */
  public Code code() {
    return code;
  }

  /**
   * Whether the request has certainly been seen by nobody, so that even one that is not idempotent
   * may be sent again. Known only where it was sent.
   */
  public boolean reachedNobody() {
    return origin == Origin.NOBODY_THERE;
  }

  /** A failure for a request that nobody was there to see. */
  public static ServiceFailure nobody(String message) {
    return new ServiceFailure(Code.UNAVAILABLE, message, Origin.NOBODY_THERE);
  }

  /** A failure for a request to which nothing was answered in time. */
  static ServiceFailure silence(String message) {
    return new ServiceFailure(Code.UNAVAILABLE, message, Origin.SILENCE);
  }

  /** Whether there was no answer at all. */
  boolean isSilence() {
    return origin == Origin.SILENCE;
  }

  /** A failure for a request that broke a rule of the contract. */
  public static ServiceFailure invalid(String message) {
    return new ServiceFailure(Code.INVALID_REQUEST, message);
  }

  /** A failure for a thing that cannot be reached now. */
  public static ServiceFailure unavailable(String message) {
    return new ServiceFailure(Code.UNAVAILABLE, message);
  }

  @Override
  public String toString() {
    return code + ": " + getMessage();
  }
}
