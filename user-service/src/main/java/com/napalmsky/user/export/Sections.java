package com.napalmsky.user.export;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an export consists of: the name of each section, and the query for it. {@code $1} is the
 * person; the newest come first. Secrets (hashes of passwords and tokens) and what others said of
 * the person in confidence are not selected.
 */
final class Sections {

  /** By name, in the order of the document. */
  static final Map<String, String> QUERIES = queries();

  private Sections() {}

  private static Map<String, String> queries() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put(
        "account",
        """
        SELECT user_id AS "userId", name, gender, role, email, account_type AS "accountType",
          selfie_url AS "selfieUrl", video_url AS "videoUrl", socials,
          timer_total_seconds AS "timerTotalSeconds", session_count AS "sessionCount",
          last_sessions AS "lastSessions", streak_days AS "streakDays",
          paid_status AS "paidStatus", paid_at AS "paidAt", payment_id AS "paymentId",
          invite_code_used AS "inviteCodeUsed", qr_unlocked AS "qrUnlocked",
          qr_unlocked_at AS "qrUnlockedAt", successful_sessions AS "successfulSessions",
          ban_status AS "banStatus", banned_at AS "bannedAt", banned_until AS "bannedUntil",
          banned_reason AS "bannedReason", review_status AS "reviewStatus",
          created_at AS "createdAt", updated_at AS "updatedAt"
        FROM users WHERE user_id = $1""");
    all.put(
        "sessions",
        """
        SELECT session_id AS "sessionId", kind, ip_address AS "ipAddress",
          device_info AS "deviceInfo", state, created_at AS "createdAt",
          last_active_at AS "lastActiveAt", expires_at AS "expiresAt", ended_at AS "endedAt"
        FROM sessions WHERE user_id = $1 ORDER BY created_at DESC""");
    all.put(
        "history",
        """
        SELECT session_id AS "sessionId", room_id AS "roomId", partner_id AS "partnerId",
          partner_name AS "partnerName", started_at AS "startedAt", duration, messages
        FROM chat_history WHERE user_id = $1 ORDER BY started_at DESC""");
    all.put(
        "calls",
        """
        SELECT room_id AS "roomId",
          CASE WHEN first_id = $1 THEN second_id ELSE first_id END AS "partnerId",
          started_at AS "startedAt", ended_at AS "endedAt", duration_seconds AS "durationSeconds",
          reason, cooldown_expiry AS "cooldownExpiry"
        FROM finished_calls WHERE first_id = $1 OR second_id = $1 ORDER BY ended_at DESC""");
    all.put(
        "credits",
        """
        SELECT partner_id AS "partnerId", day, room_id AS "roomId",
          duration_seconds AS "durationSeconds", created_at AS "createdAt"
        FROM session_completions WHERE user_id = $1 ORDER BY created_at DESC""");
    all.put(
        "cooldowns",
        """
        SELECT CASE WHEN user_id_1 = $1 THEN user_id_2 ELSE user_id_1 END AS "partnerId", reason,
          set_at AS "setAt", expires_at AS "expiresAt"
        FROM cooldowns WHERE user_id_1 = $1 OR user_id_2 = $1 ORDER BY set_at DESC""");
    all.put(
        "codesMade",
        """
        SELECT code, type, created_at AS "createdAt", max_uses AS "maxUses",
          uses_remaining AS "usesRemaining", total_used AS "totalUsed", is_active AS "isActive",
          created_by_name AS label, expires_at AS "expiresAt"
        FROM invite_codes WHERE created_by = $1 ORDER BY created_at DESC""");
    all.put(
        "codesUsed",
        """
        SELECT code, used_at AS "usedAt"
        FROM code_uses WHERE user_id = $1 ORDER BY used_at DESC""");
    all.put(
        "payments",
        """
        SELECT checkout_session_id AS "checkoutSessionId", type, amount_cents AS "amountCents",
          currency, outcome, received_at AS "receivedAt"
        FROM stripe_events WHERE user_id = $1 ORDER BY received_at DESC""");
    all.put(
        "checkouts",
        """
        SELECT checkout_session_id AS "checkoutSessionId", created_at AS "createdAt"
        FROM checkouts WHERE user_id = $1 ORDER BY created_at DESC""");
    all.put(
        "introductionLinks",
        """
        SELECT code, target_id AS "targetId", created_at AS "createdAt",
          expires_at AS "expiresAt", revoked_at AS "revokedAt"
        FROM referral_codes WHERE created_by = $1 ORDER BY created_at DESC""");
    all.put(
        "introductions",
        """
        SELECT introduction_id AS "introductionId",
          CASE WHEN target_id = $1 THEN 'introduced to me'
            WHEN newcomer_id = $1 THEN 'I was introduced' ELSE 'I introduced' END AS role,
          target_id AS "targetId", newcomer_id AS "newcomerId", introduced_by AS "introducedBy",
          introduced_at AS "introducedAt", read_at AS "readAt", removed_at AS "removedAt"
        FROM introductions WHERE target_id = $1 OR newcomer_id = $1 OR introduced_by = $1
        ORDER BY introduced_at DESC""");
    all.put(
        "reportsMade",
        """
        SELECT report_id AS "reportId", reported_user_id AS "reportedUserId", reason,
          room_id AS "roomId", reporter_ip AS "myIpAddress", created_at AS "createdAt"
        FROM reports WHERE reporter_user_id = $1 ORDER BY created_at DESC""");
    all.put(
        "blocks",
        """
        SELECT blocked_id AS "blockedUserId", by_report AS "byReport", created_at AS "createdAt"
        FROM blocks WHERE blocker_id = $1 ORDER BY created_at DESC""");
    all.put(
        "bans",
        """
        SELECT ban_status AS "banStatus", banned_at AS "bannedAt", banned_reason AS "bannedReason",
          until, review_status AS "reviewStatus", reviewed_at AS "reviewedAt",
          review_reason AS "reviewReason", appeal, appealed_at AS "appealedAt",
          ip_addresses AS "myIpAddresses"
        FROM ban_records WHERE user_id = $1""");
    all.put(
        "media",
        """
        SELECT name, kind, bytes, state, created_at AS "createdAt"
        FROM media_files WHERE user_id = $1 ORDER BY created_at DESC""");
    all.put(
        "uploads",
        """
        SELECT day, uploads, bytes
        FROM media_usage WHERE user_id = $1 ORDER BY day DESC""");
    all.put(
        "passwordResets",
        """
        SELECT created_at AS "createdAt", mailed_at AS "mailedAt", expires_at AS "expiresAt",
          ended_at AS "endedAt"
        FROM password_reset_tokens WHERE user_id = $1 ORDER BY created_at DESC""");
    all.put(
        "announcementsMade",
        """
        SELECT text, made_at AS "madeAt", ends_at AS "endsAt", withdrawn_at AS "withdrawnAt"
        FROM announcements WHERE made_by = $1 ORDER BY made_at DESC""");
    all.put(
        "adminAccess",
        """
        SELECT username, updated_at AS "updatedAt", locked_until AS "lockedUntil"
        FROM admin_credentials WHERE user_id = $1""");
    return all;
  }
}
