/**
 * Bans: how one begins, is appealed against, runs out, and how all hear of it.
 *
 * <pre>
 *                reports                        decided
 *   NONE,      ──────────►  TEMPORARY, PENDING ─────────► PERMANENT ─────┐
 *   VINDICATED               │  │                          TEMPORARY     │
 *      ▲ ▲                   │  │ until, if it has an end  with an end   │ decided otherwise
 *      │ └───────────────────┘  └────────────► NONE ◄─────────┘          │
 *      └── decided: it was wrong, or lifted ──────────────────────────────┘
 * </pre>
 *
 * <p>Guarantees: every change is made by whoever holds the user's row, and committed before it is
 * announced. What was announced lately is announced again and again, so that a lost fact leaves
 * nobody in for longer than a few seconds.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.user.ban;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
