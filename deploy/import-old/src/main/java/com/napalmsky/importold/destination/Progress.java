package com.napalmsky.importold.destination;

import com.napalmsky.importold.report.Tally;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far an import is.
 *
 * @param begun when it was begun
 * @param earlier when the last one that was finished before had begun, or null
 * @param marks the options that decide what is written
 * @param step the step at hand; null when all are done
 * @param after the key of the last row of that step that is done; null at its beginning
 * @param tallies of the steps so far, by name, in order
 */
public record Progress(
    Instant begun,
    @Nullable Instant earlier,
    String marks,
    @Nullable String step,
    @Nullable List<String> after,
    Map<String, Tally> tallies) {}
