import { beforeEach, describe, expect, it } from 'vitest';
import { TalkAgain } from './again';
import { settled } from './fakes/fakeConnection';
import { FakeWorld } from './fakes/fakeWorld';

const ROOM = 'room-1';

let fake: FakeWorld;

function again(isInitiator: boolean, wish: () => Promise<boolean> = () => Promise.resolve(false)): TalkAgain {
  const { connection, after } = fake.world(ROOM, 'ada');
  return new TalkAgain({ roomId: ROOM, me: 'ada', peerId: 'ben', isInitiator, seconds: 120, connection, wish, after });
}

beforeEach(() => {
  fake = new FakeWorld();
});

describe('talking again', () => {
  it('waits for the other one', async () => {
    const talk = again(true);
    talk.wish();
    await settled();

    expect(talk.state.get()).toEqual({ wished: true, peerWished: false, step: 'open' });
    expect(fake.asked).toEqual([]);
  });

  it('shows that the other one would like to', () => {
    const talk = again(true);
    fake.hear('call:again', { roomId: 'another', from: 'ben', agreed: true });
    expect(talk.state.get().peerWished).toBe(false);
    fake.hear('call:again', { roomId: ROOM, from: 'ben', agreed: false });
    expect(talk.state.get()).toEqual({ wished: false, peerWished: true, step: 'open' });
  });

  it('has the initiator invite when both would, again while the other is on his way', async () => {
    const outcomes = ['declined', 'declined', 'sent'];
    fake.answer = (event) => (event === 'call:invite' ? { ok: true, outcome: outcomes.shift() } : { ok: true });
    const talk = again(true, () => Promise.resolve(true));
    talk.wish();
    await settled();
    fake.pass(1_500);
    await settled();
    fake.pass(1_500);
    await settled();
    fake.pass(5_000);
    await settled();

    expect(fake.asked).toEqual(['presence:join', 'queue:join', 'call:invite', 'call:invite', 'call:invite']);
    expect(talk.state.get().step).toBe('calling');
  });

  it('has the other one accept that invite and no other', async () => {
    const talk = again(false);
    fake.hear('call:notify', { inviteId: 'i', fromUser: { userId: 'ben' } });
    fake.hear('call:again', { roomId: ROOM, from: 'ada', agreed: true });
    await settled();
    fake.hear('call:notify', { inviteId: 'i', fromUser: { userId: 'eve' } });
    fake.hear('call:notify', { inviteId: 'i', fromUser: { userId: 'ben' } });

    expect(fake.asked).toEqual(['presence:join', 'queue:join', 'call:accept']);
    expect(talk.state.get().step).toBe('calling');
  });

  it('gives up when nothing comes of it', async () => {
    fake.answer = (event) => (event === 'call:invite' ? { ok: true, outcome: 'declined' } : { ok: true });
    const talk = again(true, () => Promise.resolve(true));
    talk.wish();
    for (let second = 0; second < 40; second += 1) {
      await settled();
      fake.pass(1_000);
    }

    expect(talk.state.get().step).toBe('failed');
    expect(fake.asked.filter((one) => one === 'call:invite')).toHaveLength(8);
  });

  it('can be asked for again after a failure', async () => {
    let fails = true;
    const talk = again(true, () => (fails ? Promise.reject(new Error('away')) : Promise.resolve(false)));
    talk.wish();
    await settled();
    expect(talk.state.get().step).toBe('failed');

    fails = false;
    talk.wish();
    await settled();
    expect(talk.state.get()).toMatchObject({ wished: true, step: 'open' });
  });

  it('leaves nothing listening', async () => {
    const talk = again(true, () => Promise.resolve(true));
    talk.wish();
    talk.close();
    await settled();
    fake.pass(60_000);

    expect(fake.listening).toBe(0);
    expect(fake.asked).toEqual([]);
  });
});
