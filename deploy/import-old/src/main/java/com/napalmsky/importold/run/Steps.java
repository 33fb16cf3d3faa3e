package com.napalmsky.importold.run;

import com.napalmsky.importold.call.Calls;
import com.napalmsky.importold.call.Cooldowns;
import com.napalmsky.importold.call.Credits;
import com.napalmsky.importold.call.History;
import com.napalmsky.importold.call.PartnerHistory;
import com.napalmsky.importold.code.CodeUses;
import com.napalmsky.importold.code.Codes;
import com.napalmsky.importold.code.ListedUses;
import com.napalmsky.importold.code.LostCodes;
import com.napalmsky.importold.introduction.Introductions;
import com.napalmsky.importold.introduction.Notifications;
import com.napalmsky.importold.moderation.AddressBans;
import com.napalmsky.importold.moderation.Bans;
import com.napalmsky.importold.moderation.Reports;
import com.napalmsky.importold.options.Options;
import com.napalmsky.importold.people.Metrics;
import com.napalmsky.importold.people.Sessions;
import com.napalmsky.importold.people.Users;
import com.napalmsky.importold.step.Step;
import java.util.List;
import java.util.stream.Stream;

/** All that is brought over, in an order in which nothing comes before what it needs. */
public final class Steps {

  private Steps() {}

  /** The steps of an import. */
  public static List<Step> of(Options options) {
    return Stream.of(
            new Users(options.keepMediaUrls()),
            new Sessions(),
            new Codes(),
            new LostCodes(),
            new CodeUses(),
            new ListedUses(),
            new History(),
            new PartnerHistory(),
            new Calls(),
            new Metrics(),
            new Credits(),
            new Cooldowns(),
            new Reports(),
            new Bans(),
            new AddressBans(),
            new Notifications(),
            new Introductions())
        .filter(step -> options.sessions() || !(step instanceof Sessions))
        .toList();
  }
}
