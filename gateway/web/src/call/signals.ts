/**
 * What two pages tell each other through the gateway while they set up their connection. The gateway
 * relays it untouched, so nothing in it can be believed: a peer may send anything.
 *
 * Beyond what WebRTC needs, a signal names the page it comes from and, when that is known, the page
 * it is meant for. A page that was reloaded is a new one: what was said to the page before must not
 * reach its connection, and its offer needs a new connection here.
 */
export interface DescriptionSignal {
  readonly type: 'offer' | 'answer';
  readonly sdp: string;
  /** Null from clients that do not name their page. */
  readonly page: string | null;
  readonly to: string | null;
  /** Names an offer; its answer has the same. Null from clients that do not. */
  readonly offerId: string | null;
}

export interface CandidateSignal {
  readonly candidate: RTCIceCandidateInit;
  readonly page: string | null;
  readonly to: string | null;
}

const LONGEST_SDP = 64 * 1024;
const LONGEST_CANDIDATE = 4 * 1024;
const LONGEST_NAME = 64;

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

function name(value: unknown): string | null {
  return typeof value === 'string' && value.length > 0 && value.length <= LONGEST_NAME ? value : null;
}

/** An offer or answer out of an event of the peer, or null when it is none. */
export function readDescription(payload: unknown, type: 'offer' | 'answer'): DescriptionSignal | null {
  const fields = fieldsOf(fieldsOf(payload)?.[type]);
  const sdp = fields?.['sdp'];
  if (fields === null || typeof sdp !== 'string' || sdp === '' || sdp.length > LONGEST_SDP) return null;
  if (fields['type'] !== undefined && fields['type'] !== type) return null;
  return { type, sdp, page: name(fields['page']), to: name(fields['to']), offerId: name(fields['offerId']) };
}

/** A candidate out of an event of the peer, or null when it is none. */
export function readCandidate(payload: unknown): CandidateSignal | null {
  const fields = fieldsOf(fieldsOf(payload)?.['candidate']);
  const candidate = fields?.['candidate'];
  if (fields === null || typeof candidate !== 'string' || candidate.length > LONGEST_CANDIDATE) return null;
  const mid = fields['sdpMid'];
  const index = fields['sdpMLineIndex'];
  const fragment = fields['usernameFragment'];
  const sdpMid = typeof mid === 'string' ? mid : null;
  const sdpMLineIndex = typeof index === 'number' && Number.isInteger(index) && index >= 0 ? index : null;
  // The browser refuses a candidate that belongs to nothing.
  if (sdpMid === null && sdpMLineIndex === null) return null;
  return {
    candidate: {
      candidate,
      sdpMid,
      sdpMLineIndex,
      ...(typeof fragment === 'string' ? { usernameFragment: fragment } : {}),
    },
    page: name(fields['page']),
    to: name(fields['to']),
  };
}

/** A name for a page or an offer that no other has. */
export function newName(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
