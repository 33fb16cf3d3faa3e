import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CallSession } from './callSession';
import { settled } from './fakes/fakeConnection';
import { FakeStream, FakeWorld } from './fakes/fakeWorld';
import { nextStep, progress } from './state';

const ROOM = 'room-1';

class Side {
  readonly fake = new FakeWorld();
  session: CallSession;
  began: number | null = null;
  endsAt: number | null = null;
  #taken = 0;

  constructor(
    readonly name: string,
    readonly peer: string,
    readonly initiator: boolean,
  ) {
    this.fake.answer = (event) =>
      event === 'room:join'
        ? {
            ok: true,
            serverTime: this.fake.time,
            call: {
              agreedSeconds: 120,
              isInitiator: this.initiator,
              peerUser: { userId: this.peer, name: this.peer },
              ...(this.began === null ? {} : { talkBeganAt: this.began, endsAt: this.endsAt }),
            },
          }
        : { ok: true };
    this.session = this.#open();
  }

  /** The page is loaded again. */
  async reload(): Promise<void> {
    this.session.close();
    this.session = this.#open();
    await settled();
  }

  /** What it has said of this event and nobody has taken yet. */
  take(): { event: string; payload: Record<string, unknown> }[] {
    const fresh = this.fake.sent.slice(this.#taken);
    this.#taken = this.fake.sent.length;
    return fresh;
  }

  get state() {
    return this.session.state.get();
  }

  #open(): CallSession {
    const session = new CallSession(this.fake.world(ROOM, this.name));
    session.start();
    return session;
  }
}

/** Carries what each says to the other, as the gateway does. */
async function relay(one: Side, other: Side): Promise<void> {
  await settled();
  for (let round = 0; round < 20; round += 1) {
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      for (const { event, payload } of from.take()) {
        if (event.startsWith('rtc:') && event !== 'rtc:path') {
          to.fake.hear(event as 'rtc:offer', { ...payload, from: from.name });
        }
        if (event === 'room:chat') {
          const line = { from: from.name, text: payload['text'], timestamp: 1, type: 'message' };
          one.fake.hear('room:chat', line);
          other.fake.hear('room:chat', line);
        }
      }
      await settled();
    }
  }
}

function link(one: Side, other: Side): unknown {
  const described = (side: Side) => JSON.parse(side.fake.link.remoteDescription?.sdp ?? '{}') as { connection?: number };
  return {
    states: [one.fake.link.signalingState, other.fake.link.signalingState],
    remotes: [described(one).connection, described(other).connection],
  };
}

function linked(one: Side, other: Side): unknown {
  return { states: ['stable', 'stable'], remotes: [other.fake.link.id, one.fake.link.id] };
}

let ada: Side;
let ben: Side;

beforeEach(() => {
  vi.stubGlobal('MediaStream', FakeStream);
  ada = new Side('ada', 'ben', true);
  ben = new Side('ben', 'ada', false);
});

afterEach(() => {
  vi.unstubAllGlobals();
});

async function talking(): Promise<void> {
  await relay(ada, ben);
  for (const side of [ada, ben]) {
    side.began = side.fake.time;
    side.endsAt = side.fake.time + 120_000;
    side.fake.link.become('connected');
  }
  await settled();
}

describe('the set-up', () => {
  it('goes through its steps as things happen, and never back', async () => {
    const seen: number[] = [];
    ada.session.state.subscribe(() => seen.push(progress(ada.state)));
    await settled();
    expect([...ada.state.done]).toEqual(expect.arrayContaining(['media', 'servers']));
    expect(nextStep(ada.state)).toBe('peer');

    await talking();

    expect(nextStep(ada.state)).toBeNull();
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(ada.state.phase).toBe('talking');
    expect(link(ada, ben)).toEqual(linked(ada, ben));
  });

  it('needs one offer, made by the initiator', async () => {
    await relay(ada, ben);

    expect(ada.fake.sent.filter((one) => one.event === 'rtc:offer')).toHaveLength(1);
    expect(ben.fake.sent.filter((one) => one.event === 'rtc:offer')).toHaveLength(0);
    expect(ada.fake.link.getTransceivers()).toHaveLength(2);
    expect(ben.fake.link.getTransceivers().map((one) => one.direction)).toEqual(['sendrecv', 'sendrecv']);
  });

  it('takes a first offer back with a new connection, when both have offered', async () => {
    await settled();
    ben.fake.pass(1_500);
    await settled();
    const taken = ben.fake.link;
    expect(taken.signalingState).toBe('have-local-offer');

    await relay(ada, ben);

    expect(taken.closed).toBe(true);
    expect(ben.fake.link.log).not.toContain('rollback');
    expect(ben.fake.link.getTransceivers().map((one) => one.sender.track?.kind)).toEqual(['audio', 'video']);
    expect(link(ada, ben)).toEqual(linked(ada, ben));
  });

  it('keeps what came while the camera was asked for', async () => {
    const late = new Side('cleo', 'ada', false);
    let allow: () => void = () => undefined;
    const asking = new Promise<void>((resume) => {
      allow = resume;
    });
    const get = late.fake.devices.getUserMedia.bind(late.fake.devices);
    late.fake.devices.getUserMedia = async (constraints) => {
      await asking;
      return get(constraints);
    };
    await late.reload();
    await settled();
    for (const { event, payload } of ada.take()) {
      if (event.startsWith('rtc:')) late.fake.hear(event as 'rtc:offer', payload);
    }
    await settled();
    expect(late.fake.sent.filter((one) => one.event === 'rtc:answer')).toHaveLength(0);

    allow();
    await settled();

    expect(late.fake.sent.filter((one) => one.event === 'rtc:answer')).toHaveLength(1);
  });

  it('goes on with sound alone when there is no camera', async () => {
    ben = new Side('ben', 'ada', false);
    ben.fake.devices.problems = { video: 'NotAllowedError' };
    await ben.reload();
    await talking();

    expect(ben.state.phase).toBe('talking');
    const media = ben.fake.link.getTransceivers().map((one) => [one.kind, one.sender.track === null, one.direction]);
    expect(media).toEqual([
      ['audio', false, 'sendrecv'],
      ['video', true, 'sendrecv'],
    ]);
  });

  it('says that it takes long, and tries again without asking for the devices again', async () => {
    await settled();
    ada.fake.pass(20_000);
    expect(ada.state.phase).toBe('slow');
    const asked = ada.fake.devices.asked.length;

    ada.session.tryAgain();
    expect(ada.state.phase).toBe('setting-up');
    await talking();

    expect(ada.state.phase).toBe('talking');
    expect(ada.fake.devices.asked).toHaveLength(asked);
    expect(ada.fake.connections[0]?.closed).toBe(true);
    expect(link(ada, ben)).toEqual(linked(ada, ben));
  });

  it('is over when the gateway knows no such call', async () => {
    ada.fake.answer = () => ({ ok: false, error: 'This call does not exist' });
    await ada.reload();

    expect(ada.state.ended?.reason).toBe('gone');
  });

  it('asks again when the gateway cannot answer just now', async () => {
    const usual = ada.fake.answer;
    ada.fake.answer = () => ({ ok: false, error: 'This is not possible just now, please try again' });
    await ada.reload();
    expect(ada.state.terms).toBeNull();

    ada.fake.answer = usual;
    ada.fake.pass(2_000);
    await settled();

    expect(ada.state.terms?.peer.name).toBe('ben');
  });

  it('uses no servers when there are none, and those that come later', async () => {
    ada.fake.serverAnswers = () => Promise.reject(new Error('away'));
    await ada.reload();
    expect(ada.fake.link.configuration.iceServers).toEqual([]);

    const configuration = { iceServers: [{ urls: ['stun:a'] }] };
    ada.fake.serverAnswers = () => Promise.resolve({ configuration, expiresAt: ada.fake.time + 3_600_000 });
    ada.fake.pass(15_000);
    await settled();

    expect(ada.fake.link.configuration).toEqual(configuration);
  });
});

describe('a peer whose page is loaded again', () => {
  it.each([true, false])('is met by a new connection, the initiator or not: %s', async (initiator) => {
    await talking();
    const [reloaded, other] = initiator ? [ada, ben] : [ben, ada];
    const before = other.fake.link;

    await reloaded.reload();
    await relay(ada, ben);

    expect(before.closed).toBe(true);
    expect(link(ada, ben)).toEqual(linked(ada, ben));
    expect(other.state.phase).toBe('reconnecting');
    ada.fake.link.become('connected');
    ben.fake.link.become('connected');
    expect(other.state.phase).toBe('talking');
    expect(reloaded.state.phase).toBe('talking');
  });

  it('may be loaded again by both at once', async () => {
    await talking();

    await Promise.all([ada.reload(), ben.reload()]);
    await relay(ada, ben);

    expect(link(ada, ben)).toEqual(linked(ada, ben));
  });

  it('does not get what was meant for the page before', async () => {
    await talking();
    ada.fake.link.find('late');
    const late = ada.take();

    await ben.reload();
    for (const { payload } of late) ben.fake.hear('rtc:ice', { ...payload, from: 'ada' });
    await relay(ada, ben);

    expect(ben.fake.link.candidates.map((one) => one.candidate)).not.toContain('late');
  });

  it('may be loaded again before it has answered', async () => {
    await settled();
    for (const { event, payload } of ada.take()) ben.fake.hear(event as 'rtc:offer', { ...payload, from: 'ada' });
    await settled();
    ben.take();
    await ben.reload();

    // The offer was taken by the page before; nobody has it any more.
    ben.fake.pass(1_500);
    await relay(ada, ben);

    expect(link(ada, ben)).toEqual(linked(ada, ben));
  });
});

describe('a lost network', () => {
  it('has the ways looked for anew after a moment, by one offer', async () => {
    await talking();
    ada.fake.link.become('disconnected');
    expect(ada.state.phase).toBe('reconnecting');
    expect(ada.fake.link.restarts).toBe(0);

    ada.fake.pass(2_500);
    await relay(ada, ben);
    ada.fake.link.become('connected');

    expect(ada.fake.link.restarts).toBe(1);
    expect(ada.state.phase).toBe('talking');
    expect(link(ada, ben)).toEqual(linked(ada, ben));
  });

  it('is not looked for when it comes back by itself', async () => {
    await talking();
    ada.fake.link.become('disconnected');
    ada.fake.link.become('connected');
    ada.fake.pass(10_000);

    expect(ada.fake.link.restarts).toBe(0);
  });

  it('is looked for at once when the device has another one, and not at each word of it', async () => {
    await talking();

    ada.fake.changeNetwork();
    ada.fake.changeNetwork();
    await relay(ada, ben);

    expect(ada.fake.link.restarts).toBe(1);
  });

  it('has an offer repeated that could not be sent', async () => {
    await talking();
    ada.fake.state.set('lost');
    ada.fake.link.become('failed');
    await settled();
    expect(ada.fake.link.signalingState).toBe('have-local-offer');

    ada.fake.state.set('open');
    ada.fake.hear('auth:success', { serverTime: ada.fake.time });
    await relay(ada, ben);

    expect(link(ada, ben)).toEqual(linked(ada, ben));
  });

  it('of the peer is shown', async () => {
    await talking();
    ada.fake.hear('peer:reconnecting');
    expect(ada.state.peerAway).toBe(true);
    ada.fake.hear('peer:reconnected');
    expect(ada.state.peerAway).toBe(false);
  });
});

describe('the countdown', () => {
  it('follows the gateway’s clock, however wrong the own one is', async () => {
    vi.spyOn(Date, 'now').mockReturnValue(ada.fake.time + 3_600_000);
    await talking();
    expect(ada.session.left.get()).toBe(120);

    ada.fake.pass(30_100);

    expect(ada.session.left.get()).toBe(90);
  });

  it('goes on over a reload', async () => {
    await talking();
    ada.fake.pass(50_000);

    await ada.reload();

    expect(ada.session.left.get()).toBe(70);
  });

  it('ends the call when it is over, once', async () => {
    await talking();

    ada.fake.pass(121_000);
    await settled();

    expect(ada.session.left.get()).toBe(0);
    expect(ada.fake.asked.filter((one) => one === 'call:end')).toHaveLength(1);
    ada.fake.hear('session:finalized', { sessionId: 's', roomId: ROOM, duration: 120, reason: 'left' });
    expect(ada.state.ended).toMatchObject({ timeUp: true, duration: 120 });
  });

  it('is asked for again while the gateway does not know that talk has begun', async () => {
    await relay(ada, ben);
    ada.fake.link.become('connected');
    await settled();
    expect(ada.session.left.get()).toBeNull();

    ada.began = ada.fake.time;
    ada.endsAt = ada.fake.time + 120_000;
    ada.fake.pass(1_500);
    await settled();

    expect(ada.session.left.get()).not.toBeNull();
  });
});

describe('the end', () => {
  it('is shown as the gateway tells it, and nothing comes after it', async () => {
    await talking();
    ada.session.end();
    await settled();
    expect(ada.fake.asked).toContain('call:end');
    ada.fake.hear('session:finalized', { sessionId: 's', roomId: 'another', duration: 9, reason: 'left' });
    expect(ada.state.ended).toBeNull();

    const end = { sessionId: 's', roomId: ROOM, duration: 42, reason: 'left', cooldownExpiry: 7 };
    ada.fake.hear('session:finalized', end);
    ada.fake.hear('session:finalized', { ...end, duration: 1 });
    ada.fake.hear('peer:reconnecting');

    expect(ada.state.ended).toEqual({ reason: 'left', duration: 42, cooldownExpiry: 7, byMe: true, timeUp: false });
    expect(ada.state.phase).toBe('ended');
  });

  it('closes camera, microphone and connection', async () => {
    await talking();
    ada.fake.hear('session:finalized', { sessionId: 's', roomId: ROOM, duration: 42, reason: 'banned' });

    expect(ada.fake.devices.opened.every((one) => one.readyState === 'ended')).toBe(true);
    expect(ada.fake.link.closed).toBe(true);
  });

  it('comes without an answer too', async () => {
    await talking();
    ada.fake.state.set('lost');
    ada.fake.pass(10_000);
    ada.session.end();

    ada.fake.pass(4_000);

    expect(ada.state.ended).toMatchObject({ reason: 'left', duration: 14, byMe: true });
  });

  it('leaves nothing listening', async () => {
    await talking();
    ada.session.close();
    ada.session.close();

    expect(ada.fake.listening).toBe(0);
    ada.fake.pass(1_000_000);
    expect(ada.state.ended).toBeNull();
  });
});

describe('a peer that sends wrong events', () => {
  it.each([undefined, null, 7, 'x', [], {}, { offer: 7 }, { candidate: { candidate: {} } }, { text: {} }, { socials: 'x' }])(
    'changes nothing: %j',
    async (payload) => {
      await talking();
      const before = ada.state;
      const events = ['rtc:offer', 'rtc:answer', 'rtc:ice', 'room:chat', 'room:socialShared', 'session:finalized'] as const;
      for (const event of events) ada.fake.hear(event, payload);
      ada.fake.link.channel.hear(payload);
      await settled();

      expect(ada.state).toEqual(before);
      expect(ada.session.chat.get().lines).toEqual([]);
    },
  );

  it('cannot have connections made without end', async () => {
    await talking();
    for (let page = 0; page < 500; page += 1) {
      ada.fake.hear('rtc:offer', { offer: { type: 'offer', sdp: '{"kinds":[]}', page: `page-${page}` }, from: 'ben' });
      await settled();
    }

    expect(ada.fake.connections.length).toBeLessThan(60);
  });
});

describe('what is said beside', () => {
  it('arrives by the gateway or directly', async () => {
    await talking();
    ada.fake.link.channel.open();
    ben.session.say('  hello ');
    ben.session.say('   ');
    await relay(ada, ben);
    ada.fake.link.channel.hear('{"sign":"typing"}');
    ada.fake.link.channel.hear('{"sign":"reaction","reaction":"👏"}');
    ada.fake.link.channel.hear('{"sign":"shows","camera":false,"microphone":true}');

    expect(ada.session.chat.get()).toMatchObject({ unread: 1 });
    expect(ada.session.chat.get().lines[0]?.text).toBe('hello');
    expect(ada.session.chat.get().typingUntil).toBeGreaterThan(0);
    expect(ada.session.reactions.get().map((one) => one.reaction)).toEqual(['👏']);
    expect(ada.session.remote.get()).toMatchObject({ camera: false, microphone: true });
    ada.fake.pass(5_000);
    expect(ada.session.reactions.get()).toEqual([]);
    expect(ada.session.chat.get().typingUntil).toBe(0);
  });

  it('tells the peer that the camera is off', async () => {
    await talking();
    ada.fake.link.channel.open();
    ada.fake.link.channel.sent.length = 0;

    ada.session.media.setCamera(false);

    expect(ada.fake.devices.of('video')?.readyState).toBe('ended');
    expect(ada.fake.link.channel.sent.at(-1)).toBe('{"sign":"shows","camera":false,"microphone":true}');
  });
});
