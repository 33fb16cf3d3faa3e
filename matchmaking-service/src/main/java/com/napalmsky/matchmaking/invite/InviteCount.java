package com.napalmsky.matchmaking.invite;

/** What becomes of wishes to call somebody, as it is counted. */
enum InviteCount {
  /** Judged and refused: nobody was bothered. */
  REFUSED_AT_ONCE,
  SENT,
  /** The other's invite was pending: the two are in a call. */
  MATCHED,
  ACCEPTED,
  DECLINED,
  TIMED_OUT,
  RESCINDED,
  /** One of the two was lost, left, or is in another call. */
  VOID;

  static InviteCount of(Ending ending) {
    return switch (ending) {
      case ACCEPTED -> InviteCount.ACCEPTED;
      case REFUSED -> DECLINED;
      case TIMED_OUT, COUNTED_DOWN -> InviteCount.TIMED_OUT;
      case TAKEN_BACK -> RESCINDED;
      case CALLEE_GONE, CALLER_GONE, TAKEN, UNREACHABLE -> VOID;
    };
  }
}
