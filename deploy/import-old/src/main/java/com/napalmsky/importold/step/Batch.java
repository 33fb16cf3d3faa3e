package com.napalmsky.importold.step;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What our database says about the rows of one batch, before it is written.
 *
 * @param begun when the import was begun; what counts as now for all of it
 * @param earlier when the last import that was finished had begun, or null
 * @param users those of the people asked for that are in our database
 * @param deleted those that an earlier import brought and that are gone since
 * @param emailHolders who has an address in our database, by the address in lower case
 */
public record Batch(
    Instant begun,
    @Nullable Instant earlier,
    Set<UUID> users,
    Set<UUID> deleted,
    Map<String, UUID> emailHolders) {

  /** Whether a user is in our database. */
  public boolean has(UUID user) {
    return users.contains(user);
  }
}
