package com.napalmsky.gateway;

import com.napalmsky.gateway.admission.AdmissionConfig;
import com.napalmsky.gateway.connection.ConnectionConfig;
import com.napalmsky.gateway.engineio.EngineConfig;
import com.napalmsky.gateway.lobby.LobbyConfig;
import com.napalmsky.gateway.recovery.RecoveryConfig;
import com.napalmsky.shared.runtime.Settings;

/**
 * The settings of the gateway's socket half.
 *
 * @param admission of who is let in
 * @param engine of the client protocol
 * @param connection of a client's connection
 * @param recovery of what is kept for clients that come back
 * @param lobby of views and what changes in them
 */
public record SocketConfig(
    AdmissionConfig admission,
    EngineConfig engine,
    ConnectionConfig connection,
    RecoveryConfig recovery,
    LobbyConfig lobby) {

  static SocketConfig from(Settings settings) {
    return new SocketConfig(
        AdmissionConfig.from(settings),
        EngineConfig.from(settings),
        ConnectionConfig.from(settings),
        RecoveryConfig.from(settings),
        LobbyConfig.from(settings));
  }
}
