/** What user-service offers for selfies and intro videos. See {@code docs/contracts/media.md}. */
@NullMarked
@CheckReturnValue
package com.napalmsky.shared.contract.media;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
