package com.napalmsky.user.media.content;

import com.napalmsky.shared.contract.media.MediaContract.UploadOutcome;

/** A file cannot be shown to others. Its sender is told why. Not a fault, so without a trace. */
public final class Unfit extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final UploadOutcome outcome;
  private final String problem;

  private Unfit(UploadOutcome outcome, String problem) {
    super(problem, null, false, false);
    this.outcome = outcome;
    this.problem = problem;
  }

  /** It is none of the types that are allowed. */
  static Unfit wrongType(String problem) {
    return new Unfit(UploadOutcome.WRONG_TYPE, problem);
  }

  /** It is of an allowed type, and damaged or beyond a limit. */
  static Unfit unusable(String problem) {
    return new Unfit(UploadOutcome.UNUSABLE, problem);
  }

  /** It ends in the middle. */
  static Unfit cutShort() {
    return unusable("is cut short: its end is missing");
  }

  /** It contradicts itself. */
  static Unfit damaged() {
    return unusable("is damaged");
  }

  public UploadOutcome outcome() {
    return outcome;
  }

  /** The end of a sentence that begins with the name of the field. */
  public String problem() {
    return problem;
  }
}
