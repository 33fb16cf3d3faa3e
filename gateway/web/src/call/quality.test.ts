import { describe, expect, it } from 'vitest';
import { qualityBetween, type Sample, sampleOf } from './quality';

const reports = [
  { id: 'v', type: 'inbound-rtp', kind: 'video', bytesReceived: 1000, packetsReceived: 10, packetsLost: 1, framesDecoded: 30, frameWidth: 640 },
  { id: 'a', type: 'inbound-rtp', kind: 'audio', bytesReceived: 500, packetsReceived: 20, packetsLost: 0 },
  { id: 't', type: 'transport', selectedCandidatePairId: 'p' },
  { id: 'p', type: 'candidate-pair', localCandidateId: 'l', remoteCandidateId: 'r', currentRoundTripTime: 0.05 },
  { id: 'l', type: 'local-candidate', candidateType: 'host' },
  { id: 'r', type: 'remote-candidate', candidateType: 'relay' },
];

function sample(change: Partial<Sample>): Sample {
  return { ...sampleOf([], 0), ...change };
}

describe('quality', () => {
  it('reads what came in and how', () => {
    expect(sampleOf(reports, 5)).toEqual({
      at: 5,
      bytesIn: 1500,
      packetsIn: 30,
      packetsLost: 1,
      framesDecoded: 30,
      audioBytesIn: 500,
      frameWidth: 640,
      roundTripMillis: 50,
      relayed: true,
    });
  });

  it('finds the pair of browsers that do not name it at the transport', () => {
    const without = reports.filter((one) => one.type !== 'transport').map((one) => (one.id === 'p' ? { ...one, nominated: true, state: 'succeeded' } : one));
    expect(sampleOf(without, 0).roundTripMillis).toBe(50);
  });

  it('reads nothing out of nonsense', () => {
    expect(sampleOf([{}, { type: 'inbound-rtp', bytesReceived: 'x', packetsLost: -5 }], 0).packetsLost).toBe(0);
  });

  it.each([
    ['good', { packetsIn: 100, packetsLost: 1, roundTripMillis: 40 }],
    ['fair', { packetsIn: 100, packetsLost: 4, roundTripMillis: 40 }],
    ['fair', { packetsIn: 100, packetsLost: 0, roundTripMillis: 300 }],
    ['poor', { packetsIn: 100, packetsLost: 20, roundTripMillis: 40 }],
    ['poor', { packetsIn: 100, packetsLost: 0, roundTripMillis: 900 }],
    ['none', { packetsIn: 0, packetsLost: 0, roundTripMillis: 40 }],
  ] as const)('calls it %s', (level, change) => {
    expect(qualityBetween(sample({}), sample({ at: 2000, ...change })).level).toBe(level);
  });

  it('measures by the second', () => {
    const quality = qualityBetween(sample({ bytesIn: 1000, framesDecoded: 10 }), sample({ at: 2000, bytesIn: 251_000, framesDecoded: 60, packetsIn: 5 }));
    expect(quality.kilobitsIn).toBe(1000);
    expect(quality.framesPerSecond).toBe(25);
  });

  it('begins anew with a new connection', () => {
    const quality = qualityBetween(sample({ packetsIn: 5000, framesDecoded: 900 }), sample({ at: 1000, packetsIn: 50, framesDecoded: 20 }));
    expect(quality.framesPerSecond).toBe(20);
    expect(quality.level).toBe('good');
  });
});
