package com.napalmsky.shared.contract.user;

import com.napalmsky.shared.bus.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What is kept about a person, for that person. See {@code docs/contracts/data-protection.md},
 * which lists each section.
 */
public final class ExportContract {

  private ExportContract() {}

  /** {@code GET /user/me/export}. */
  public record Export(UUID userId) {}

  /**
   * One kind of things.
   *
   * @param name as in the document
   * @param entries a JSON array, newest first
   * @param complete false when older ones were left out, since there are too many for one document
   */
  public record Section(String name, String entries, boolean complete) {}

  /**
   * @param at when it was read; all of it is of one moment
   */
  public record Exported(Instant at, List<Section> sections) {
    public Exported {
      sections = List.copyOf(sections);
    }
  }

  public static final Endpoint<Export, Exported> EXPORT =
      Endpoint.of("user.v1.export", Export.class, Exported.class).within(Duration.ofSeconds(10));
}
