package com.napalmsky.signaling;

import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.contract.gateway.PatientDelivery;
import com.napalmsky.shared.contract.health.HealthContract.Ask;
import com.napalmsky.shared.contract.health.HealthContract.Health;
import com.napalmsky.signaling.call.Calls;
import com.napalmsky.signaling.finish.Finishing;
import com.napalmsky.signaling.ice.ProviderChain;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** How one instance is: ready while a call can be opened and the end of one more be kept. */
final class SignalingHealth {

  private final Calls calls;
  private final Finishing finishing;
  private final PatientDelivery missed;
  private final ProviderChain ice;
  private final TypedBus bus;
  private final Supplier<Map<String, String>> stores;
  private final SignalingConfig config;

  SignalingHealth(
      Calls calls,
      Finishing finishing,
      PatientDelivery missed,
      ProviderChain ice,
      TypedBus bus,
      Supplier<Map<String, String>> stores,
      SignalingConfig config) {
    this.calls = calls;
    this.finishing = finishing;
    this.missed = missed;
    this.ice = ice;
    this.bus = bus;
    this.stores = stores;
    this.config = config;
  }

  Future<Health> ask(Ask ask) {
    // With the store away it is not ready anyway.
    Future<Integer> running = calls.running().recover(away -> Future.succeededFuture(0));
    return Future.join(running, finishing.waiting(), finishing.setAside())
        .map(all -> health(all.resultAt(0), all.resultAt(1), all.resultAt(2)));
  }

  private Health health(int running, int waiting, int aside) {
    Map<String, String> details = new LinkedHashMap<>();
    put(details, "calls", calls.held(), config.calls().calls());
    details.put("chatChars", Long.toString(calls.chatChars()));
    details.put("chatCharsMax", Integer.toString(config.calls().allChatChars()));
    put(details, "tombstones", calls.tombstones(), config.calls().tombstones());
    details.put("store", calls.storeAnswers() ? "connected" : "away");
    details.put("callsUnwritten", Integer.toString(calls.unwritten()));
    put(details, "callsOfAll", running, finishing.bound());
    put(details, "finishedCalls", waiting, finishing.bound());
    put(details, "finishedCallsAside", aside, SignalingService.MOST_ASIDE);
    put(details, "releases", finishing.waitingReleases(), finishing.bound());
    put(details, "missed", missed.size(), missed.bound());
    details.put("missedForgotten", Long.toString(missed.forgotten()));
    put(details, "requests", bus.inFlight(), TypedBus.MOST_IN_FLIGHT);
    details.put("finishedCallFaults", Integer.toString(finishing.faults()));
    details.putAll(stores.get());
    details.putAll(ice.details());
    return new Health(running + waiting < finishing.bound() && calls.storeAnswers(), details);
  }

  private static void put(Map<String, String> details, String name, int size, int bound) {
    details.put(name, Integer.toString(size));
    details.put(name + "Max", Integer.toString(bound));
  }
}
