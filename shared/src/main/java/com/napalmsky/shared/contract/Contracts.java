package com.napalmsky.shared.contract;

import com.napalmsky.shared.bus.Addresses;
import com.napalmsky.shared.bus.Endpoint;
import com.napalmsky.shared.bus.Mailbox;
import com.napalmsky.shared.bus.NodeContract;
import com.napalmsky.shared.bus.Topic;
import com.napalmsky.shared.bus.TrafficContract;
import com.napalmsky.shared.contract.gateway.GatewayContract;
import com.napalmsky.shared.contract.health.HealthContract;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract;
import com.napalmsky.shared.contract.media.MediaContract;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.signaling.SignalingContract;
import com.napalmsky.shared.contract.tally.TallyContract;
import com.napalmsky.shared.contract.user.AccountContract;
import com.napalmsky.shared.contract.user.AdminContract;
import com.napalmsky.shared.contract.user.AnnouncementContract;
import com.napalmsky.shared.contract.user.BanContract;
import com.napalmsky.shared.contract.user.BlockContract;
import com.napalmsky.shared.contract.user.CodeContract;
import com.napalmsky.shared.contract.user.ExportContract;
import com.napalmsky.shared.contract.user.HistoryContract;
import com.napalmsky.shared.contract.user.IntroductionContract;
import com.napalmsky.shared.contract.user.IpBanContract;
import com.napalmsky.shared.contract.user.PaymentContract;
import com.napalmsky.shared.contract.user.ReportContract;
import com.napalmsky.shared.contract.user.ReunionContract;
import com.napalmsky.shared.contract.user.SessionContract;
import com.napalmsky.shared.contract.user.UserContract;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything that may cross the bus. */
public final class Contracts implements Addresses {

  /** Each class that holds endpoints, mailboxes or topics. */
  public static final List<Class<?>> ALL =
      List.of(
          AccountContract.class,
          AdminContract.class,
          AnnouncementContract.class,
          BanContract.class,
          BlockContract.class,
          CodeContract.class,
          ExportContract.class,
          GatewayContract.class,
          HealthContract.class,
          HistoryContract.class,
          IntroductionContract.class,
          IpBanContract.class,
          MatchmakingContract.class,
          MediaContract.class,
          NodeContract.class,
          PaymentContract.class,
          PresenceContract.class,
          ReportContract.class,
          ReunionContract.class,
          SessionContract.class,
          SignalingContract.class,
          TallyContract.class,
          TrafficContract.class,
          UserContract.class);

  @Override
  public SortedSet<String> all() {
    return ALL.stream()
        .flatMap(contract -> Arrays.stream(contract.getDeclaredFields()))
        .filter(field -> Modifier.isStatic(field.getModifiers()))
        .flatMap(Contracts::address)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> address(Field field) {
    if (!Modifier.isPublic(field.getModifiers())) {
      return Stream.empty();
    }
    try {
      Object constant = field.get(null);
      if (constant instanceof Endpoint<?, ?> endpoint) {
        return Stream.of(endpoint.address());
      }
      if (constant instanceof Mailbox<?, ?> mailbox) {
        return Stream.of(mailbox.prefix());
      }
      return constant instanceof Topic<?> topic ? Stream.of(topic.address()) : Stream.empty();
    } catch (IllegalAccessException unreadable) {
      throw new IllegalStateException(field.toString(), unreadable);
    }
  }
}
