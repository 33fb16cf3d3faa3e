package com.napalmsky.signaling.call;

import com.napalmsky.shared.contract.signaling.CallAction;
import com.napalmsky.shared.contract.signaling.SignalKind;
import com.napalmsky.shared.runtime.meter.Counts;
import com.napalmsky.shared.runtime.meter.Meters;
import java.time.Duration;
import java.util.function.Consumer;

/** Counts what calls of one instance carry, and how far they come. Safe from any thread. */
final class CallMeter {

  /** What members send each other. */
  private enum Message {
    OFFER,
    ANSWER,
    ICE,
    CHAT,
    SOCIALS
  }

  /** How far a call came, as its end shows. */
  private enum Stage {
    /** Every call that ended. */
    OPENED,
    /** Both members' pages came. */
    JOINED,
    /** One sent an offer in time. */
    OFFERED,
    /** They came to talk. */
    TALKED
  }

  private final Counts<Message> messages = new Counts<>(Message.class);
  private final Counts<Stage> stages = new Counts<>(Stage.class);
  private Consumer<Duration> setUp = took -> {};

  void register(Meters meters) {
    meters.counters(
        "napalmsky_signaling_messages",
        "Messages relayed between members",
        "kind",
        Message.class,
        messages::total);
    meters.counters(
        "napalmsky_signaling_stages",
        "How far ended calls came; each stage holds the next",
        "stage",
        Stage.class,
        stages::total);
    setUp = meters.timer("napalmsky_signaling_setup", "From the start of a call until talk began");
  }

  void carried(CallAction action) {
    if (action instanceof CallAction.Send signal) {
      messages.count(kind(signal.kind()));
    } else if (action instanceof CallAction.Say) {
      messages.count(Message.CHAT);
    } else if (action instanceof CallAction.ShareSocials) {
      messages.count(Message.SOCIALS);
    }
  }

  void ended(Effect.CountSetUp how) {
    stages.count(Stage.OPENED);
    if (how.joined()) {
      stages.count(Stage.JOINED);
    }
    if (how.joined() && how.offered()) {
      stages.count(Stage.OFFERED);
    }
    Duration took = how.took();
    if (took != null) {
      stages.count(Stage.TALKED);
      setUp.accept(took);
    }
  }

  private static Message kind(SignalKind kind) {
    return switch (kind) {
      case OFFER -> Message.OFFER;
      case ANSWER -> Message.ANSWER;
      case ICE -> Message.ICE;
    };
  }
}
