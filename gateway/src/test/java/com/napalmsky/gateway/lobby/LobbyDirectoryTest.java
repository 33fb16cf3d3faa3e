package com.napalmsky.gateway.lobby;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.bus.LocalBus;
import com.napalmsky.shared.contract.gateway.GatewayContract;
import com.napalmsky.shared.contract.gateway.GatewayContract.Deliver;
import com.napalmsky.shared.contract.gateway.GatewayContract.Delivered;
import com.napalmsky.shared.contract.gateway.SocketOrder.Show;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceContract.Located;
import com.napalmsky.shared.contract.presence.PresenceContract.Location;
import com.napalmsky.shared.contract.presence.PresenceState;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LobbyDirectoryTest {

  private static final UUID ANNA = new UUID(1, 1);
  private static final List<UUID> PEOPLE = List.of(new UUID(2, 2));
  private static final List<UUID> HIDDEN = List.of(new UUID(3, 3));

  private final LocalBus bus = new LocalBus();
  private final LobbyDirectory directory = new LobbyDirectory(bus);

  @Test
  void aViewerOfAnotherProcessIsShownThere() {
    located(new SocketRef("gw2-1", 7));
    var unused = bus.answer(GatewayContract.DELIVER.at("gw2-1"), order -> new Delivered(List.of()));

    directory.show(ANNA, PEOPLE, HIDDEN);

    assertThat(bus.sent(Deliver.class))
        .containsExactly(new Deliver(List.of(7L), new Show(PEOPLE, HIDDEN)));
  }

  @Test
  void aViewerWithoutSocketIsShownNothing() {
    located(null);

    directory.show(ANNA, PEOPLE, HIDDEN);

    assertThat(bus.sent(Deliver.class)).isEmpty();
  }

  @Test
  void aPresenceThatCannotBeReachedIsNoFaultOfThePoll() {
    directory.show(ANNA, PEOPLE, HIDDEN);

    assertThat(bus.sent()).hasSize(1);
  }

  private void located(SocketRef primary) {
    var unused =
        bus.answer(
            PresenceContract.LOCATE,
            locate ->
                new Located(
                    List.of(
                        new Location(ANNA, PresenceState.AVAILABLE, null, primary, List.of()))));
  }
}
