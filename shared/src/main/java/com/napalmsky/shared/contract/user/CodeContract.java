package com.napalmsky.shared.contract.user;

import com.napalmsky.shared.bus.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Access codes: what opens the door without a payment. Whatever an operation changed is committed
 * when it answers.
 *
 * <p>A code in a request is trimmed and in upper case; what cannot be a code at all is unknown.
 */
public final class CodeContract {

  private CodeContract() {}

  /** Whom a code is for. */
  public enum CodeType {
    /** Of a user: a few uses. */
    USER,
    /** Of an administrator: as many uses as come. */
    ADMIN
  }

  /** Whether a code lets somebody in now. */
  public enum CodeState {
    USABLE,
    UNKNOWN,
    /** Deactivated, expired, not yet unlocked, or its maker is banned. */
    INACTIVE,
    USED_UP
  }

  /** {@code POST /payment/apply-code}. */
  public record ApplyCode(UUID userId, String code) {}

  /** What became of a code that somebody wanted to use. */
  public enum ApplyOutcome {
    APPLIED,
    /** Nothing was taken: the door is open already. */
    HAS_ACCESS,
    UNKNOWN,
    INACTIVE,
    USED_UP,
    /** It is the code he is to invite others with. */
    OWN_CODE,
    USER_GONE
  }

  /**
   * @param paidStatus what holds now; null when the user is gone
   * @param sessionsNeeded calls until the own code is unlocked; 0 unless applied
   */
  public record CodeApplied(
      ApplyOutcome outcome, @Nullable PaidStatus paidStatus, int sessionsNeeded) {}

  /** {@code POST /payment/validate-code}, and whether there is an image of a code. */
  public record ValidateCode(String code) {}

  /**
   * @param type null when unknown
   * @param usesRemaining -1 for unlimited; 0 when unknown
   * @param createdBy the maker's name, or the label of an administrator's code; null when unknown
   */
  public record CodeValidated(
      CodeState state, @Nullable CodeType type, int usesRemaining, @Nullable String createdBy) {}

  /**
   * {@code POST /payment/admin/generate-code}: a code for as many as come.
   *
   * @param actor who makes it; the right to do so was checked by the gateway
   * @param label what it is for, 1–100 characters, or null for the maker's name
   * @param expiresAt from when on it lets nobody in, in the future; null for never
   */
  public record GenerateCode(Actor actor, @Nullable String label, @Nullable Instant expiresAt) {}

  /**
   * @param code null when there is no such administrator
   */
  public record CodeGenerated(@Nullable String code) {}

  /**
   * {@code GET /payment/admin/codes}, newest first.
   *
   * @param before only codes made earlier, or null
   * @param limit brought into 1–1000
   * @param beforeId with {@code before}: also those of that instant that come after this place;
   *     null for none of them
   * @param type only codes of this type, or null
   * @param active only codes that are active, or only those that are not; null for both
   */
  public record ListCodes(
      @Nullable Instant before,
      int limit,
      @Nullable UUID beforeId,
      @Nullable CodeType type,
      @Nullable Boolean active) {}

  /**
   * @param createdBy the maker's name, or the label
   * @param maxUses -1 for unlimited
   * @param usesRemaining -1 for unlimited
   * @param active neither deactivated nor expired
   * @param expiresAt null when it does not expire
   */
  public record ListedCode(
      String code,
      CodeType type,
      String createdBy,
      Instant createdAt,
      int maxUses,
      int usesRemaining,
      int totalUsed,
      boolean active,
      @Nullable Instant expiresAt) {}

  /**
   * @param total how many codes there are in all, whatever was asked for
   * @param next where the next page begins, null when there is none
   */
  public record CodesListed(List<ListedCode> codes, long total, @Nullable Cursor next) {
    public CodesListed {
      codes = List.copyOf(codes);
    }
  }

  /**
   * {@code POST /payment/admin/deactivate-code}: for good, also of a user's code. Idempotent.
   *
   * @param actor who asks for it; the right to do so was checked by the gateway
   */
  public record DeactivateCode(Actor actor, String code) {}

  /**
   * @param found whether there is such a code
   */
  public record CodeDeactivated(boolean found) {}

  private static final Duration TRANSACTION_LIMIT = Duration.ofSeconds(10);

  public static final Endpoint<ApplyCode, CodeApplied> APPLY_CODE =
      Endpoint.of("user.v1.apply-code", ApplyCode.class, CodeApplied.class)
          .within(TRANSACTION_LIMIT);
  public static final Endpoint<ValidateCode, CodeValidated> VALIDATE_CODE =
      Endpoint.of("user.v1.validate-code", ValidateCode.class, CodeValidated.class);
  public static final Endpoint<GenerateCode, CodeGenerated> GENERATE_CODE =
      Endpoint.of("user.v1.generate-code", GenerateCode.class, CodeGenerated.class)
          .within(TRANSACTION_LIMIT);
  public static final Endpoint<ListCodes, CodesListed> LIST_CODES =
      Endpoint.of("user.v1.list-codes", ListCodes.class, CodesListed.class);
  public static final Endpoint<DeactivateCode, CodeDeactivated> DEACTIVATE_CODE =
      Endpoint.of("user.v1.deactivate-code", DeactivateCode.class, CodeDeactivated.class)
          .within(TRANSACTION_LIMIT);
}
