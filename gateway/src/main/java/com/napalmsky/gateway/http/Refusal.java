package com.napalmsky.gateway.http;

/** A request is not carried out, and the client is told why. Not a fault, so without a trace. */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Answer answer;

  public Refusal(Answer answer) {
    super("refused with " + answer.status(), null, false, false);
    this.answer = answer;
  }

  /** A refusal with {@code {error}}. */
  public static Refusal of(int status, String error) {
    return new Refusal(Answer.error(status, error));
  }

  /** 400 for a field that is missing or of the wrong type or size; the text names it. */
  public static Refusal field(String name, String rule) {
    return of(400, name + " " + rule);
  }

  /** What the client gets. */
  public Answer answer() {
    return answer;
  }
}
