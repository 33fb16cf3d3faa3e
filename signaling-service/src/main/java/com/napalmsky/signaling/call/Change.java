package com.napalmsky.signaling.call;

/** What of a call's snapshot has changed. */
enum Change {
  NONE,
  /** What was said, or what waits for a member: written a moment later, with what follows it. */
  OF_WHAT_WAITS,
  /** Who is there, how far the call is, when it ends: written at once. */
  OF_STATE
}
