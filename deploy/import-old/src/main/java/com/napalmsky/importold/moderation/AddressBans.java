package com.napalmsky.importold.moderation;

import static com.napalmsky.importold.step.Words.time;

import com.napalmsky.importold.old.OldQuery;
import com.napalmsky.importold.old.OldRow;
import com.napalmsky.importold.step.Batch;
import com.napalmsky.importold.step.Outcome;
import com.napalmsky.importold.step.Step;
import com.napalmsky.importold.step.Words;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * Banned addresses of people who are still banned. The old server banned all addresses that a
 * person was ever seen with, on the word of a header, and never lifted one; here each has an end,
 * since by then the address is likely to be somebody else's.
 */
public final class AddressBans implements Step {

  private static final int LONGEST_REASON = 1_000;
  private static final Duration LONGEST = Duration.ofDays(90);
  private static final Set<String> BANNED = Set.of("temporary", "permanent");

  @Override
  public String name() {
    return "address bans";
  }

  @Override
  public OldQuery query() {
    return OldQuery.of("ip_bans", "ip_address")
        .columns("user_id", "reason", "banned_at")
        .join("LEFT JOIN users u ON u.user_id = t.user_id")
        .column("status", "u.ban_status", "users.ban_status")
        .example("user_id");
  }

  // One that an earlier import has seen and that is not there any more was lifted here.
  @Override
  public String sql() {
    return "INSERT INTO ip_bans (ban_id, ip_address, user_id, reason, banned_at, expires_at)"
        + " SELECT ?::uuid, ?::text, ?::uuid, ?::text, ?::timestamptz,"
        + " ?::timestamptz WHERE ?::boolean ON CONFLICT (ip_address) DO NOTHING";
  }

  @Override
  public Set<UUID> people(OldRow row) {
    return Words.people(row, "user_id");
  }

  @Override
  public void map(OldRow row, Batch batch, Outcome outcome) {
    String address = row.word("ip_address").flatMap(Addresses::publicHost).orElse(null);
    Instant at = row.instant("banned_at").orElse(batch.begun());
    Instant until = at.plus(LONGEST);
    if (address == null) {
      outcome.skip("no address of one host in the public internet");
    } else if (row.word("status").filter(BANNED::contains).isEmpty()
        && row.uuid("user_id").isPresent()) {
      outcome.skip("whose it was is not banned");
    } else if (!until.isAfter(batch.begun())) {
      outcome.skip("older than " + LONGEST.toDays() + " days");
    } else {
      outcome.write(
          UUID.nameUUIDFromBytes(address.getBytes(StandardCharsets.US_ASCII)),
          address,
          Words.known(row, "user_id", batch),
          Words.cut(row.word("reason").orElse("not recorded"), LONGEST_REASON),
          time(at),
          time(until),
          batch.earlier() == null || at.isAfter(batch.earlier()));
    }
  }
}
