/**
 * What a viewer is shown: a page of the lobby, and the reel.
 *
 * <p>Guarantees: an answer costs as much as it is long, however many people are available. Nothing
 * is kept of a reel: its cursor says where it stands, and only a cursor of ours is believed.
 */
@NullMarked
@CheckReturnValue
package com.napalmsky.matchmaking.browse;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
