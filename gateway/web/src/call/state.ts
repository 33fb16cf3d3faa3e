/** Who the other member is. */
export interface Peer {
  readonly userId: string;
  readonly name: string;
}

/** What the call is, as the gateway says. */
export interface Terms {
  readonly agreedSeconds: number;
  readonly isInitiator: boolean;
  readonly peer: Peer;
  /** By the gateway's clock, null while talk has not begun. */
  readonly talkBeganAt: number | null;
  readonly endsAt: number | null;
}

/** What is done, in this order, before two people see each other. */
export const setUpSteps = ['media', 'servers', 'peer', 'negotiation', 'media-flows'] as const;
export type SetUpStep = (typeof setUpSteps)[number];

export type EndReason =
  | 'completed'
  | 'left'
  | 'peer_lost'
  | 'setup_failed'
  | 'banned'
  | 'reported'
  | 'moderated'
  | 'server_stop'
  /** There is no such call, or it is long over. */
  | 'gone';

export interface Ended {
  readonly reason: EndReason;
  /** Seconds of talk. */
  readonly duration: number;
  /** By the gateway's clock; null when no cooldown came of it. */
  readonly cooldownExpiry: number | null;
  /** Whether this side ended it. */
  readonly byMe: boolean;
  readonly timeUp: boolean;
}

/** Ways to part for good; both end the call. */
export type Parting = 'reported' | 'blocked';

export type Phase =
  /** Not connected yet. */
  | 'setting-up'
  /** It takes longer than it should; it is still tried. */
  | 'slow'
  | 'talking'
  /** Media has stopped, or the other one's connection to the gateway. */
  | 'reconnecting'
  | 'ended';

export interface CallState {
  readonly phase: Phase;
  readonly terms: Terms | null;
  readonly done: ReadonlySet<SetUpStep>;
  /** Whether the gateway says that the other one is away. */
  readonly peerAway: boolean;
  readonly mediaFlows: boolean;
  /** Whether it ever did. */
  readonly hasTalked: boolean;
  readonly slow: boolean;
  readonly leaving: boolean;
  /** What this side has asked for against the other one. */
  readonly parting: Parting | null;
  readonly timeUp: boolean;
  readonly ended: Ended | null;
}

export const initial: CallState = {
  phase: 'setting-up',
  terms: null,
  done: new Set(),
  peerAway: false,
  mediaFlows: false,
  hasTalked: false,
  slow: false,
  leaving: false,
  parting: null,
  timeUp: false,
  ended: null,
};

export type CallEvent =
  | { readonly type: 'step'; readonly step: SetUpStep }
  | { readonly type: 'joined'; readonly terms: Terms }
  | { readonly type: 'media-flows' }
  | { readonly type: 'media-stopped' }
  | { readonly type: 'peer-away' }
  | { readonly type: 'peer-back' }
  | { readonly type: 'slow' }
  | { readonly type: 'try-again' }
  | { readonly type: 'leaving' }
  | { readonly type: 'parting'; readonly parting: Parting | null }
  | { readonly type: 'time-up' }
  | {
      readonly type: 'ended';
      readonly reason: EndReason;
      readonly duration: number;
      readonly cooldownExpiry: number | null;
    };

/** What becomes of a call by an event. Nothing leads back from the end. */
export function reduce(state: CallState, event: CallEvent): CallState {
  if (state.ended !== null) return state;
  return withPhase(step(state, event));
}

function step(state: CallState, event: CallEvent): CallState {
  switch (event.type) {
    case 'step':
      return state.done.has(event.step) ? state : { ...state, done: new Set([...state.done, event.step]) };
    case 'joined':
      return { ...state, terms: event.terms };
    case 'media-flows':
      return {
        ...state,
        mediaFlows: true,
        hasTalked: true,
        peerAway: false,
        slow: false,
        done: new Set(setUpSteps),
      };
    case 'media-stopped':
      return { ...state, mediaFlows: false };
    case 'peer-away':
      return { ...state, peerAway: true };
    case 'peer-back':
      return { ...state, peerAway: false };
    case 'slow':
      return state.hasTalked ? state : { ...state, slow: true };
    case 'try-again':
      return { ...state, slow: false };
    case 'leaving':
      return { ...state, leaving: true };
    case 'parting':
      return { ...state, parting: event.parting };
    case 'time-up':
      return { ...state, timeUp: true };
    case 'ended':
      return {
        ...state,
        mediaFlows: false,
        ended: {
          reason: event.reason,
          duration: event.duration,
          cooldownExpiry: event.cooldownExpiry,
          byMe: state.leaving || state.parting !== null,
          timeUp: state.timeUp || event.reason === 'completed',
        },
      };
  }
}

function withPhase(state: CallState): CallState {
  const phase = phaseOf(state);
  return phase === state.phase ? state : { ...state, phase };
}

function phaseOf(state: CallState): Phase {
  if (state.ended !== null) return 'ended';
  if (!state.hasTalked) return state.slow ? 'slow' : 'setting-up';
  return state.mediaFlows ? 'talking' : 'reconnecting';
}

/** The first step that is not done, or null when all are. */
export function nextStep(state: CallState): SetUpStep | null {
  return setUpSteps.find((one) => !state.done.has(one)) ?? null;
}

/** How much of the set-up is done, from 0 to 1. Never less than before, since no step is undone. */
export function progress(state: CallState): number {
  return state.done.size / setUpSteps.length;
}
