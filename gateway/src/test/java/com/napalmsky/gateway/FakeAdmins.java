package com.napalmsky.gateway;

import static com.napalmsky.gateway.FakeServices.ANNA;
import static com.napalmsky.gateway.FakeServices.BERT;
import static com.napalmsky.gateway.FakeServices.THEN;

import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.contract.signaling.SignalingContract;
import com.napalmsky.shared.contract.signaling.SignalingContract.CallEnded;
import com.napalmsky.shared.contract.signaling.SignalingContract.CallMembers;
import com.napalmsky.shared.contract.signaling.SignalingContract.Described;
import com.napalmsky.shared.contract.signaling.SignalingContract.Located;
import com.napalmsky.shared.contract.user.AdminContract;
import com.napalmsky.shared.contract.user.AdminContract.CallEndNoted;
import com.napalmsky.shared.contract.user.AdminContract.InspectedCall;
import com.napalmsky.shared.contract.user.AdminContract.InspectedSession;
import com.napalmsky.shared.contract.user.AdminContract.Inspection;
import com.napalmsky.shared.contract.user.AdminContract.RoleOutcome;
import com.napalmsky.shared.contract.user.AdminContract.RoleSet;
import com.napalmsky.shared.contract.user.AdminContract.UserInspected;
import com.napalmsky.shared.contract.user.AdminContract.UserSummary;
import com.napalmsky.shared.contract.user.AdminContract.UsersFound;
import com.napalmsky.shared.contract.user.AnnouncementContract;
import com.napalmsky.shared.contract.user.AnnouncementContract.AllAnnouncements;
import com.napalmsky.shared.contract.user.AnnouncementContract.Announced;
import com.napalmsky.shared.contract.user.AnnouncementContract.Announcement;
import com.napalmsky.shared.contract.user.AnnouncementContract.AnnouncementState;
import com.napalmsky.shared.contract.user.AnnouncementContract.Announcements;
import com.napalmsky.shared.contract.user.AnnouncementContract.KeptAnnouncement;
import com.napalmsky.shared.contract.user.AnnouncementContract.Withdrawn;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.Cursor;
import com.napalmsky.shared.contract.user.PaidStatus;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/** What user-service answers admins, with answers that a test can replace. */
final class FakeAdmins {

  static final UUID ID = UUID.fromString("44444444-4444-4444-4444-444444444444");

  volatile UsersFound found = new UsersFound(List.of(anna()), new Cursor(THEN, ANNA.userId()));
  volatile Inspection inspection =
      new Inspection(
          anna(),
          List.of(
              new InspectedSession(ID, "user", "active", "192.0.2.1", "a phone", THEN, THEN, THEN),
              new InspectedSession(ID, "admin", "logged_out", null, null, THEN, THEN, THEN)),
          List.of(
              new InspectedCall(ID, BERT.userId(), "Bert", THEN, THEN, 60, "completed"),
              new InspectedCall(ID, BERT.userId(), null, THEN, THEN, 0, "setup_failed")));
  volatile RoleOutcome role = RoleOutcome.SET;
  volatile Announcement announcement = new Announcement(ID, "Back at <eight>", THEN, THEN);
  volatile boolean withdrawn = true;
  volatile CallMembers call = new CallMembers(ANNA.userId(), BERT.userId(), true);

  private static UserSummary anna() {
    return new UserSummary(ANNA, "anna@example.org", PaidStatus.PAID, BanStatus.NONE, false, THEN);
  }

  /** Everything is full, and nobody may be an admin. */
  void conflict() {
    announcement = null;
    role = RoleOutcome.GUEST;
    call = new CallMembers(ANNA.userId(), BERT.userId(), false);
  }

  /** Nothing is there. */
  void nothing() {
    inspection = null;
    call = null;
    withdrawn = false;
    role = RoleOutcome.UNKNOWN_USER;
  }

  Future<?> serve(FakeServices services) {
    TypedBus bus = services.bus();
    return Future.all(
        List.of(
            bus.serve(AdminContract.SEARCH_USERS, services.answer(asked -> found)),
            bus.serve(
                AdminContract.INSPECT_USER,
                services.answer(asked -> new UserInspected(inspection))),
            bus.serve(
                SignalingContract.LOCATE,
                services.answer(asked -> new Located(call == null ? null : "owner"))),
            bus.serve(
                SignalingContract.DESCRIBE.at("owner"),
                services.answer(asked -> new Described(call))),
            bus.serve(
                SignalingContract.END_CALL.at("owner"),
                services.answer(asked -> new CallEnded(true))),
            bus.serve(AdminContract.NOTE_CALL_END, services.answer(asked -> new CallEndNoted())),
            bus.serve(AdminContract.SET_ROLE, services.answer(asked -> new RoleSet(role))),
            bus.serve(
                AnnouncementContract.ANNOUNCE,
                services.answer(asked -> new Announced(announcement))),
            bus.serve(
                AnnouncementContract.WITHDRAW, services.answer(asked -> new Withdrawn(withdrawn))),
            bus.serve(
                AnnouncementContract.LIST_ALL,
                services.answer(
                    asked ->
                        new AllAnnouncements(
                            List.of(
                                new KeptAnnouncement(
                                    announcement, AnnouncementState.IN_FORCE, ID, null),
                                new KeptAnnouncement(
                                    announcement, AnnouncementState.WITHDRAWN, null, THEN)),
                            new Cursor(THEN, ID)))),
            bus.serve(
                AnnouncementContract.LIST,
                services.answer(asked -> new Announcements(List.of(announcement))))));
  }
}
