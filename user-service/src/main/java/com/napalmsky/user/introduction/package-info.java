/**
 * Introductions: A makes a link that leads to B, C follows it, B hears of C.
 *
 * <pre>
 *   INTRODUCED ──selfie and video are there──► NOTIFIED ──read──► READ
 *       └──────────────────┴──removed by the target──┴──────────► REMOVED
 * </pre>
 *
 * <p>Guarantees: one introduction and one notification for each newcomer and target, however many
 * links are followed and however often the profile is filmed again. What users are told is
 * committed before. Between people who are hidden from each other, and of people who are banned,
 * nothing is told; when that ends, what was kept back is there.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.user.introduction;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
