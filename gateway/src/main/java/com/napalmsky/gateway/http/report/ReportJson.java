package com.napalmsky.gateway.http.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.napalmsky.gateway.http.JsonText;
import com.napalmsky.shared.contract.user.BanContract.BanRecord;
import com.napalmsky.shared.contract.user.IpBanContract.IpBan;
import com.napalmsky.shared.contract.user.Person;
import com.napalmsky.shared.contract.user.ReportContract.ReportEntry;
import java.io.IOException;
import java.util.UUID;

/** How reports and bans look on the wire. */
public final class ReportJson {

  /** Pages of lists, unless the client wants another size, and at most. */
  static final int USUAL_PAGE = 100;

  static final int LONGEST_PAGE = 200;

  private ReportJson() {}

  /** The fields of a Report. For admins. */
  public static void report(JsonGenerator out, ReportEntry report) throws IOException {
    Person reported = report.reported();
    out.writeStringField("reportId", report.reportId().toString());
    out.writeStringField("reportedUserId", reported.userId().toString());
    out.writeStringField("reportedUserName", reported.name());
    JsonText.optional(out, "reportedUserSelfie", reported.selfieUrl());
    JsonText.optional(out, "reportedUserVideo", reported.videoUrl());
    out.writeStringField("reporterUserId", report.reporterId().toString());
    out.writeStringField("reporterName", report.reporterName());
    JsonText.nullable(out, "reporterIp", report.reporterIp());
    out.writeStringField("reason", report.reason());
    JsonText.time(out, "timestamp", report.at());
    UUID roomId = report.roomId();
    JsonText.optional(out, "roomId", roomId == null ? null : roomId.toString());
  }

  /** The fields of a BanRecord that its user may see. */
  static void ban(JsonGenerator out, BanRecord ban) throws IOException {
    Person person = ban.person();
    out.writeStringField("userId", person.userId().toString());
    out.writeStringField("userName", person.name());
    JsonText.optional(out, "userSelfie", person.selfieUrl());
    JsonText.optional(out, "userVideo", person.videoUrl());
    out.writeStringField("banStatus", ban.status().wire());
    JsonText.time(out, "bannedAt", ban.bannedAt());
    out.writeStringField("bannedReason", ban.reason());
    JsonText.optionalTime(out, "until", ban.until());
    out.writeNumberField("reportCount", ban.reportCount());
    out.writeStringField("reviewStatus", ban.reviewStatus().wire());
    JsonText.optionalTime(out, "reviewedAt", ban.reviewedAt());
    JsonText.optional(out, "reviewReason", ban.reviewReason());
    JsonText.optional(out, "appeal", ban.appeal());
    JsonText.optionalTime(out, "appealedAt", ban.appealedAt());
  }

  /** The same, and what only admins see of it. */
  public static void banForAdmins(JsonGenerator out, BanRecord ban) throws IOException {
    ban(out, ban);
    UUID reviewer = ban.reviewedBy();
    JsonText.optional(out, "reviewedBy", reviewer == null ? null : reviewer.toString());
    out.writeArrayFieldStart("ipAddresses");
    for (String address : ban.ipAddresses()) {
      out.writeString(address);
    }
    out.writeEndArray();
  }

  /** The fields of a ban of an address. For admins. */
  static void ipBan(JsonGenerator out, IpBan ban) throws IOException {
    UUID admin = ban.bannedBy();
    UUID user = ban.userId();
    out.writeStringField("banId", ban.id().toString());
    out.writeStringField("ipAddress", ban.network());
    out.writeStringField("reason", ban.reason());
    JsonText.time(out, "bannedAt", ban.bannedAt());
    JsonText.optionalTime(out, "until", ban.until());
    JsonText.nullable(out, "bannedBy", admin == null ? null : admin.toString());
    JsonText.nullable(out, "userId", user == null ? null : user.toString());
  }
}
