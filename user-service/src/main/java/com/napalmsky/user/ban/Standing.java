package com.napalmsky.user.ban;

import com.napalmsky.shared.contract.user.BanContract.ReviewStatus;
import com.napalmsky.shared.contract.user.BanStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a user stands whose row is held.
 *
 * @param status as it is now
 * @param until when a temporary ban ends, null for not by itself
 * @param review what was decided on the ban in force, null when there is none or no record of it
 * @param open whether somebody has to decide on it, for the first time or because of an appeal
 * @param admin whether he is an admin, whom no report bans
 */
public record Standing(
    BanStatus status,
    @Nullable Instant until,
    @Nullable ReviewStatus review,
    boolean open,
    boolean admin) {}
