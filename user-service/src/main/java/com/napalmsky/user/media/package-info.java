/**
 * Selfies and intro videos: takes them, judges them, keeps them, gives them out, forgets them.
 *
 * <pre>
 *   ticket ──bytes──► spool ──judged──► row 'pending' ──► store ──► row 'current' + profile
 *                                                                  (the old row: 'replaced')
 * </pre>
 *
 * <p>A row is there before its file and until after it. A crash at any moment leaves either the old
 * profile or the new one, and nothing that the purge does not find.
 *
 * <p>Bytes come and go over an HTTP listener of this service, never over the bus. Confined to the
 * context of {@link com.napalmsky.user.media.MediaVerticle}.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.user.media;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
