package com.napalmsky.gateway.engineio;

import com.napalmsky.shared.runtime.Settings;
import java.time.Duration;

/**
 * Limits and times of the client protocol.
 *
 * @param pingInterval from one sign of life to the next ping
 * @param pingTimeout how long the answer to a ping may take
 * @param maxPayload bytes of one message or polling body from a client, after inflation
 * @param unfinishedBytes of messages and polling bodies that have not come whole, of all clients of
 *     the process together
 * @param connectTimeout how long a session may be without a connected namespace
 * @param upgradeTimeout how long a WebSocket may take to replace polling
 * @param outboundBytes bytes that may wait for a client that does not read; one message may be
 *     larger when nothing else waits
 * @param sendBufferBytes what the kernel may hold of a WebSocket on top of that; it doubles the
 *     figure for its own needs. Left to itself it lets the buffer of a client that does not read
 *     grow to megabytes, outside of all limits here
 * @param outboundStall how long a WebSocket may accept nothing while bytes wait
 * @param deflateThreshold messages of fewer bytes are never compressed
 * @param deflateLevel 1 to 9; 0 turns compression off
 * @param jsonDepth how deep arrays and objects may nest in what clients send
 * @param trustedProxyHops how many proxies in front add to X-Forwarded-For; with 0 the header is
 *     ignored
 */
public record EngineConfig(
    Duration pingInterval,
    Duration pingTimeout,
    int maxPayload,
    int unfinishedBytes,
    Duration connectTimeout,
    Duration upgradeTimeout,
    int outboundBytes,
    int sendBufferBytes,
    Duration outboundStall,
    int deflateThreshold,
    int deflateLevel,
    int jsonDepth,
    int trustedProxyHops) {

  public static final String PING_INTERVAL = "GATEWAY_PING_INTERVAL_MILLIS";
  public static final String PING_TIMEOUT = "GATEWAY_PING_TIMEOUT_MILLIS";
  public static final String MAX_PAYLOAD = "GATEWAY_MAX_PAYLOAD_BYTES";
  public static final String UNFINISHED = "GATEWAY_UNFINISHED_BYTES_MAX";
  public static final String CONNECT_TIMEOUT = "GATEWAY_CONNECT_TIMEOUT_MILLIS";
  public static final String UPGRADE_TIMEOUT = "GATEWAY_UPGRADE_TIMEOUT_MILLIS";
  public static final String OUTBOUND = "GATEWAY_OUTBOUND_QUEUE_BYTES";
  public static final String SEND_BUFFER = "GATEWAY_SOCKET_SEND_BUFFER_BYTES";
  public static final String OUTBOUND_STALL = "GATEWAY_OUTBOUND_STALL_MILLIS";
  public static final String DEFLATE_THRESHOLD = "GATEWAY_DEFLATE_THRESHOLD_BYTES";
  public static final String DEFLATE_LEVEL = "GATEWAY_DEFLATE_LEVEL";
  public static final String JSON_DEPTH = "GATEWAY_JSON_DEPTH";
  public static final String TRUSTED_PROXY_HOPS = "TRUSTED_PROXY_HOPS";

  /** Reads the settings; leaves unknown ones to the caller, which owns the prefix. */
  public static EngineConfig from(Settings settings) {
    return new EngineConfig(
        settings.millis(PING_INTERVAL, 25_000, 100, 300_000),
        settings.millis(PING_TIMEOUT, 60_000, 100, 300_000),
        settings.number(MAX_PAYLOAD, 1_000_000, 1_024, 16_777_216),
        settings.number(UNFINISHED, 33_554_432, 65_536, 1_073_741_824),
        settings.millis(CONNECT_TIMEOUT, 45_000, 100, 300_000),
        settings.millis(UPGRADE_TIMEOUT, 10_000, 100, 300_000),
        settings.number(OUTBOUND, 262_144, 4_096, 16_777_216),
        settings.number(SEND_BUFFER, 65_536, 4_096, 4_194_304),
        settings.millis(OUTBOUND_STALL, 10_000, 100, 300_000),
        settings.number(DEFLATE_THRESHOLD, 1_024, 64, 1_048_576),
        settings.number(DEFLATE_LEVEL, 6, 0, 9),
        settings.number(JSON_DEPTH, 32, 4, 256),
        settings.number(TRUSTED_PROXY_HOPS, 0, 0, 16));
  }
}
