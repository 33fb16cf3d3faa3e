import type { Servers } from './servers';

/** Which ways to others this device has found. */
export interface Ways {
  /** Within the same network. */
  readonly host: boolean;
  /** Across the internet, directly. */
  readonly direct: boolean;
  /** Through a server, for networks that let nothing else pass. */
  readonly relay: boolean;
  /** Whether there is a server for the last one at all. */
  readonly relayOffered: boolean;
}

const PATIENCE_MS = 8_000;

/** Looks for ways as a call does, without one. */
export function findWays(
  servers: Servers,
  connect: (configuration: RTCConfiguration) => RTCPeerConnection,
  after: (millis: number, then: () => void) => () => void,
): Promise<Ways> {
  const offered = (servers.configuration.iceServers ?? []).some(({ urls }) =>
    [urls].flat().some((one) => one.startsWith('turn')),
  );
  let found: Ways = { host: false, direct: false, relay: false, relayOffered: offered };
  return new Promise((resolve) => {
    const connection = connect(servers.configuration);
    const done = () => {
      stop();
      connection.onicecandidate = null;
      connection.close();
      resolve(found);
    };
    const stop = after(PATIENCE_MS, done);
    connection.onicecandidate = ({ candidate }) => {
      if (candidate === null) {
        done();
        return;
      }
      if (candidate.type === 'host') found = { ...found, host: true };
      if (candidate.type === 'srflx') found = { ...found, direct: true };
      if (candidate.type === 'relay') found = { ...found, relay: true };
      if (found.direct && (found.relay || !offered)) done();
    };
    connection.createDataChannel('check');
    connection.setLocalDescription().catch(done);
  });
}
