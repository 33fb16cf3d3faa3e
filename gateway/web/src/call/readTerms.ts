import type { EndReason, Terms } from './state';

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function time(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** What the gateway acknowledges room:join with; null for a call that does not run. */
export function readTerms(acknowledged: Fields): Terms | null {
  const call = fieldsOf(acknowledged['call']);
  const peer = fieldsOf(call['peerUser']);
  const { agreedSeconds, isInitiator } = call;
  const { userId, name } = peer;
  if (typeof agreedSeconds !== 'number' || typeof userId !== 'string' || typeof name !== 'string') return null;
  return {
    agreedSeconds,
    isInitiator: isInitiator === true,
    peer: { userId, name },
    talkBeganAt: time(call['talkBeganAt']),
    endsAt: time(call['endsAt']),
  };
}

const reasons: readonly EndReason[] = [
  'completed',
  'left',
  'peer_lost',
  'setup_failed',
  'banned',
  'reported',
  'moderated',
  'server_stop',
];

/** The reason of session:finalized; one that is not known here is taken for a usual end. */
export function readReason(reason: unknown): EndReason {
  return reasons.find((one) => one === reason) ?? 'left';
}
