package com.napalmsky.gateway.lobby;

/** Hears of what the lobby of one event loop does; for metrics. Called on that loop. */
public interface LobbyCounters {

  /**
   * A tick is over.
   *
   * @param changes that viewers could see
   * @param emits frames that went to sockets
   */
  void ticked(int changes, int emits);

  /** A change was left out because too many people changed within one tick. */
  void changeDropped();

  /** Counts nothing. */
  LobbyCounters NONE =
      new LobbyCounters() {
        @Override
        public void ticked(int changes, int emits) {}

        @Override
        public void changeDropped() {}
      };
}
