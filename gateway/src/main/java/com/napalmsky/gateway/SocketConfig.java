package com.napalmsky.gateway;

import com.napalmsky.gateway.connection.ConnectionConfig;
import com.napalmsky.gateway.engineio.EngineConfig;
import com.napalmsky.gateway.lobby.LobbyConfig;
import com.napalmsky.shared.runtime.Settings;

/**
 * The settings of the gateway's socket half.
 *
 * @param engine of the client protocol
 * @param connection of a client's connection
 * @param lobby of views and what changes in them
 */
public record SocketConfig(EngineConfig engine, ConnectionConfig connection, LobbyConfig lobby) {

  static SocketConfig from(Settings settings) {
    return new SocketConfig(
        EngineConfig.from(settings), ConnectionConfig.from(settings), LobbyConfig.from(settings));
  }
}
