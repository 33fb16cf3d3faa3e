import { describe, expect, it } from 'vitest';
import { FakeConnection, settled } from './fakes/fakeConnection';
import { Negotiation } from './negotiation';
import type { CandidateSignal, DescriptionSignal } from './signals';

type Signal = DescriptionSignal | CandidateSignal;

/** Two sides and what is on its way between them. */
class Two {
  readonly impolite = new FakeConnection();
  readonly polite = new FakeConnection();
  readonly toPolite: Signal[] = [];
  readonly toImpolite: Signal[] = [];
  readonly first = new Negotiation(
    this.impolite.asConnection(),
    false,
    'page-1',
    () => null,
    { description: (one) => this.toPolite.push(one), candidate: (one) => this.toPolite.push(one) },
  );
  readonly second = new Negotiation(
    this.polite.asConnection(),
    true,
    'page-2',
    () => null,
    { description: (one) => this.toImpolite.push(one), candidate: (one) => this.toImpolite.push(one) },
  );

  /** Delivers until nothing is on its way. */
  async deliver(): Promise<void> {
    await settled();
    while (this.toPolite.length + this.toImpolite.length > 0) {
      const forPolite = this.toPolite.shift();
      if (forPolite) give(this.second, forPolite);
      const forImpolite = this.toImpolite.shift();
      if (forImpolite) give(this.first, forImpolite);
      await settled();
    }
  }
}

function give(to: Negotiation, signal: Signal): void {
  if ('candidate' in signal) void to.candidate(signal);
  else void to.take(signal);
}

function candidate(text: string): CandidateSignal {
  return { candidate: { candidate: text, sdpMid: '0', sdpMLineIndex: 0 }, page: null, to: null };
}

function described(two: Two): unknown {
  return {
    states: [two.impolite.signalingState, two.polite.signalingState],
    remotes: [two.impolite, two.polite].map((one) => JSON.parse(one.remoteDescription?.sdp ?? '{}').connection),
  };
}

function agreed(two: Two): unknown {
  return { states: ['stable', 'stable'], remotes: [two.polite.id, two.impolite.id] };
}

describe('negotiation', () => {
  it('needs one offer and one answer', async () => {
    const two = new Two();

    void two.first.offer();
    await two.deliver();

    expect(described(two)).toEqual(agreed(two));
    expect(two.impolite.log).toEqual(['local offer', 'remote answer']);
    expect(two.polite.log).toEqual(['remote offer', 'local answer']);
  });

  it('has the polite side take its offer back when both offer at once', async () => {
    const two = new Two();

    void two.first.offer();
    void two.second.offer();
    await two.deliver();

    expect(described(two)).toEqual(agreed(two));
    expect(two.polite.log.slice(0, 4)).toEqual(['local offer', 'rollback', 'remote offer', 'local answer']);
    expect(two.impolite.log).not.toContain('rollback');
  });

  it('comes to an agreement when the offer of the impolite side was lost', async () => {
    const two = new Two();
    void two.first.offer();
    await settled();
    two.toPolite.length = 0;

    void two.second.offer();
    await two.deliver();

    expect(described(two)).toEqual(agreed(two));
  });

  it('comes to an agreement when an answer was lost and the offer is repeated', async () => {
    const two = new Two();
    void two.first.offer();
    await settled();
    give(two.second, two.toPolite.shift() as Signal);
    await settled();
    two.toImpolite.length = 0;

    void two.first.repeat();
    await two.deliver();

    expect(described(two)).toEqual(agreed(two));
  });

  it('keeps candidates until there is a description, in their order', async () => {
    const two = new Two();
    void two.second.candidate(candidate('1'));
    void two.second.candidate(candidate('2'));
    await settled();
    expect(two.polite.candidates).toEqual([]);

    void two.first.offer();
    await two.deliver();
    void two.second.candidate(candidate('3'));
    await settled();

    expect(two.polite.candidates.map((one) => one.candidate)).toEqual(['1', '2', '3']);
  });

  it('keeps no more candidates than anybody has', async () => {
    const two = new Two();
    for (let one = 0; one < 1000; one += 1) void two.second.candidate(candidate(String(one)));
    void two.first.offer();
    await two.deliver();

    expect(two.polite.candidates).toHaveLength(100);
  });

  it('goes on after a candidate that cannot be used', async () => {
    const two = new Two();
    void two.first.offer();
    await two.deliver();

    void two.second.candidate(candidate('nonsense'));
    void two.second.candidate(candidate('good'));
    await settled();

    expect(two.polite.candidates.map((one) => one.candidate)).toEqual(['good']);
  });

  it('drops an answer that nobody asked for, and a description that is none', async () => {
    const two = new Two();
    const nonsense: DescriptionSignal = { type: 'answer', sdp: '{', page: null, to: null, offerId: null };

    await two.first.take(nonsense);
    await two.second.take({ ...nonsense, type: 'offer' });
    void two.first.offer();
    await two.deliver();

    expect(described(two)).toEqual(agreed(two));
  });

  it('drops the answer to an offer before the last one', async () => {
    const two = new Two();
    void two.first.offer();
    await settled();
    const late: DescriptionSignal = { type: 'answer', sdp: '{}', page: 'x', to: null, offerId: 'before' };

    await two.first.take(late);

    expect(two.impolite.signalingState).toBe('have-local-offer');
  });

  it('looks for new ways with a new offer', async () => {
    const two = new Two();
    void two.first.offer();
    await two.deliver();

    void two.second.restart();
    await two.deliver();

    expect(two.polite.restarts).toBe(1);
    expect(JSON.parse(two.impolite.remoteDescription?.sdp ?? '{}').generation).toBe(1);
    expect(described(two)).toEqual(agreed(two));
  });

  it('says nothing after it was closed', async () => {
    const two = new Two();
    const offering = two.first.offer();
    two.first.close();
    await offering;
    two.first.found({ candidate: 'x', toJSON: () => ({}) } as RTCIceCandidate);

    expect(two.toPolite).toEqual([]);
  });
});
