/** What the statistics of a connection said at a moment. */
export interface Sample {
  readonly at: number;
  readonly bytesIn: number;
  readonly packetsIn: number;
  readonly packetsLost: number;
  readonly framesDecoded: number;
  readonly audioBytesIn: number;
  readonly frameWidth: number;
  readonly roundTripMillis: number | null;
  /** Whether a server carries the media; null while that is not known. */
  readonly relayed: boolean | null;
}

export type Level = 'good' | 'fair' | 'poor' | 'none';

export interface Quality {
  readonly level: Level;
  readonly roundTripMillis: number | null;
  /** Share of packets of the last moments that did not arrive, 0 to 1. */
  readonly loss: number;
  readonly kilobitsIn: number;
  readonly framesPerSecond: number;
  readonly relayed: boolean | null;
}

type Report = Readonly<Record<string, unknown>>;

function count(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

/** Reads a report; browsers differ in what they leave out. */
export function sampleOf(reports: Iterable<Report>, at: number): Sample {
  const byId = new Map<string, Report>();
  for (const report of reports) byId.set(String(report['id']), report);
  let sample = {
    bytesIn: 0,
    packetsIn: 0,
    packetsLost: 0,
    framesDecoded: 0,
    audioBytesIn: 0,
    frameWidth: 0,
  };
  for (const report of byId.values()) {
    if (report['type'] !== 'inbound-rtp') continue;
    const audio = report['kind'] === 'audio';
    sample = {
      bytesIn: sample.bytesIn + count(report['bytesReceived']),
      packetsIn: sample.packetsIn + count(report['packetsReceived']),
      packetsLost: sample.packetsLost + Math.max(0, count(report['packetsLost'])),
      framesDecoded: sample.framesDecoded + (audio ? 0 : count(report['framesDecoded'])),
      audioBytesIn: sample.audioBytesIn + (audio ? count(report['bytesReceived']) : 0),
      frameWidth: audio ? sample.frameWidth : Math.max(sample.frameWidth, count(report['frameWidth'])),
    };
  }
  const pair = selectedPair(byId);
  const roundTrip = pair?.['currentRoundTripTime'];
  return {
    at,
    ...sample,
    roundTripMillis: typeof roundTrip === 'number' ? roundTrip * 1000 : null,
    relayed: pair === undefined ? null : isRelayed(pair, byId),
  };
}

function selectedPair(byId: ReadonlyMap<string, Report>): Report | undefined {
  for (const report of byId.values()) {
    if (report['type'] === 'transport' && typeof report['selectedCandidatePairId'] === 'string') {
      const pair = byId.get(report['selectedCandidatePairId']);
      if (pair !== undefined) return pair;
    }
  }
  return [...byId.values()].find(
    (one) => one['type'] === 'candidate-pair' && (one['selected'] === true || one['nominated'] === true) && one['state'] === 'succeeded',
  );
}

function isRelayed(pair: Report, byId: ReadonlyMap<string, Report>): boolean {
  return ['localCandidateId', 'remoteCandidateId'].some(
    (end) => byId.get(String(pair[end]))?.['candidateType'] === 'relay',
  );
}

/** How good it was between two samples. */
export function qualityBetween(before: Sample, after: Sample): Quality {
  const seconds = Math.max(0.001, (after.at - before.at) / 1000);
  // Another connection begins at zero again.
  const since = (now: number, then: number) => (now < then ? now : now - then);
  const arrived = since(after.packetsIn, before.packetsIn);
  const lost = since(after.packetsLost, before.packetsLost);
  const loss = arrived + lost === 0 ? 0 : lost / (arrived + lost);
  return {
    level: levelOf(arrived, loss, after.roundTripMillis),
    roundTripMillis: after.roundTripMillis,
    loss,
    kilobitsIn: (since(after.bytesIn, before.bytesIn) * 8) / 1000 / seconds,
    framesPerSecond: since(after.framesDecoded, before.framesDecoded) / seconds,
    relayed: after.relayed,
  };
}

function levelOf(arrived: number, loss: number, roundTripMillis: number | null): Level {
  if (arrived === 0) return 'none';
  if (loss > 0.08 || (roundTripMillis ?? 0) > 500) return 'poor';
  if (loss > 0.02 || (roundTripMillis ?? 0) > 250) return 'fair';
  return 'good';
}
