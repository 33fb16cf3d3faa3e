package com.napalmsky.importold.options;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.user.database.DatabaseUrl;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the import was told. No password appears in its text.
 *
 * @param from the old database
 * @param to ours
 * @param oldZone what the zone-less times of the old database mean
 * @param keepMediaUrls keep every absolute http(s) address of a selfie or a video, not only those
 *     on a store that outlives the old server
 * @param sessions bring sessions over, so that clients stay logged in
 * @param batch rows of one transaction
 */
public record Options(
    DatabaseUrl from,
    DatabaseUrl to,
    ZoneId oldZone,
    boolean keepMediaUrls,
    boolean sessions,
    int batch) {

  /** The variable that {@code --from} is by default: a command line can be seen by others. */
  public static final String OLD_DATABASE_URL = "OLD_DATABASE_URL";

  /** The whole help. */
  public static final String HELP =
      """
      deploy/import-old/run --from postgres://user:password@host:port/database [options]

        --from URL          the old server's database; by default OLD_DATABASE_URL
        --to URL            ours; by default DATABASE_URL
        --old-zone ZONE     what the old database's zone-less times mean, such as Europe/Vienna (UTC)
        --keep-media-urls   keep every absolute http(s) address of a selfie or video, also on the old host
        --no-sessions       leave the sessions behind: everybody logs in again, guests are lost
        --batch N           rows of one transaction, 1 to 10000 (500)

      It can be ended at any moment and run again: it goes on where it was. Run again when it was
      done, it looks at everything once more and writes only what is new in the old database.
      Exit code: 0 done, 1 not done, with one line that says why, 2 the command line was wrong.""";

  private static final int USUAL_BATCH = 500;
  private static final int LARGEST_BATCH = 10_000;
  private static final Set<String> WITH_VALUE = Set.of("--from", "--to", "--old-zone", "--batch");
  private static final Set<String> FLAGS = Set.of("--keep-media-urls", "--no-sessions");

  /**
   * Reads the command line.
   *
   * @throws UsageError when it cannot be used; the message names the option and shows no password
   */
  public static Options parse(List<String> arguments, Map<String, String> environment)
      throws UsageError {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      String option = arguments.get(i);
      String value = "";
      if (WITH_VALUE.contains(option)) {
        if (++i == arguments.size()) {
          throw new UsageError(option + " needs a value; --help shows what it means");
        }
        value = arguments.get(i).strip();
      } else if (!FLAGS.contains(option)) {
        throw new UsageError("there is no option " + shown(option) + "; --help shows all");
      }
      if (given.put(option, value) != null) {
        throw new UsageError(option + " is given twice");
      }
    }
    return new Options(
        url("--from", given.get("--from"), OLD_DATABASE_URL, environment),
        url("--to", given.get("--to"), DatabaseUrl.KEY, environment),
        zone(given.get("--old-zone")),
        given.containsKey("--keep-media-urls"),
        !given.containsKey("--no-sessions"),
        batch(given.get("--batch")));
  }

  // A URL without its option before it would show its password.
  private static String shown(String option) {
    return option.matches("--?[A-Za-z-]{1,30}") ? option : "like that";
  }

  private static DatabaseUrl url(
      String option, @Nullable String given, String variable, Map<String, String> environment)
      throws UsageError {
    String key = given == null ? variable : option;
    String url = given == null ? environment.getOrDefault(variable, "").strip() : given;
    if (url.isEmpty()) {
      throw new UsageError(option + " is missing, and " + variable + " is not set");
    }
    try {
      return DatabaseUrl.parse(key, url);
    } catch (InvalidSetting wrong) {
      throw new UsageError(String.valueOf(wrong.getMessage()));
    }
  }

  private static ZoneId zone(@Nullable String given) throws UsageError {
    if (given == null) {
      return ZoneOffset.UTC;
    }
    try {
      return ZoneId.of(given);
    } catch (DateTimeException unknown) {
      throw new UsageError("--old-zone is a name like Europe/Vienna or an offset like +02:00");
    }
  }

  private static int batch(@Nullable String given) throws UsageError {
    if (given == null) {
      return USUAL_BATCH;
    }
    if (!given.matches("\\d{1,5}")
        || Integer.parseInt(given) < 1
        || Integer.parseInt(given) > LARGEST_BATCH) {
      throw new UsageError("--batch is a whole number from 1 to " + LARGEST_BATCH);
    }
    return Integer.parseInt(given);
  }

  /** What decides what is written; an import is gone on with only when these are the same. */
  public String marks() {
    return "--old-zone "
        + oldZone
        + (keepMediaUrls ? " --keep-media-urls" : "")
        + (sessions ? "" : " --no-sessions");
  }
}
