/** What is known of a person: what others see, what he sees of himself, his socials. */
@NullMarked
@CheckReturnValue
package com.napalmsky.user.profile;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
