package com.napalmsky.user.report;

import com.napalmsky.shared.contract.user.Cursor;
import com.napalmsky.shared.contract.user.ReportContract.ReportEntry;
import com.napalmsky.user.database.SqlTime;
import com.napalmsky.user.profile.PersonRow;
import io.vertx.sqlclient.Row;

/** Reads rows of {@code reports} as admins see them. */
public final class ReportRows {

  /** What {@link #entry} needs, with its joins; {@code u} is the reported user. */
  public static final String SELECT =
      "SELECT r.report_id, r.reporter_user_id, r.reporter_ip, r.reason, r.room_id,"
          + " r.created_at AS reported_at, w.name AS reporter_name, "
          + PersonRow.COLUMNS
          + " FROM reports r JOIN users u ON u.user_id = r.reported_user_id"
          + " JOIN users w ON w.user_id = r.reporter_user_id";

  private ReportRows() {}

  public static ReportEntry entry(Row row) {
    return new ReportEntry(
        row.getUUID("report_id"),
        PersonRow.person(row),
        row.getUUID("reporter_user_id"),
        row.getString("reporter_name"),
        row.getString("reporter_ip"),
        row.getString("reason"),
        SqlTime.instant(row, "reported_at"),
        row.getUUID("room_id"));
  }

  static Cursor place(ReportEntry entry) {
    return new Cursor(entry.at(), entry.reportId());
  }
}
