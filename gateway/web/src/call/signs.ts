/** The reactions that are offered; others are not shown. */
export const reactions = ['❤️', '😂', '👏', '😮', '🔥', '👍'] as const;
export type Reaction = (typeof reactions)[number];

/** What the pages tell each other directly; nothing of it is kept anywhere. */
export type Sign =
  | { readonly sign: 'typing' }
  | { readonly sign: 'reaction'; readonly reaction: Reaction }
  | { readonly sign: 'shows'; readonly camera: boolean; readonly microphone: boolean };

const LONGEST = 500;

/** A message of the peer's page, or null when it is none of these. */
export function readSign(data: unknown): Sign | null {
  if (typeof data !== 'string' || data.length > LONGEST) return null;
  let message: unknown;
  try {
    message = JSON.parse(data);
  } catch {
    return null;
  }
  if (typeof message !== 'object' || message === null) return null;
  const { sign, reaction, camera, microphone } = message as Record<string, unknown>;
  if (sign === 'typing') return { sign };
  if (sign === 'reaction') {
    const known = reactions.find((one) => one === reaction);
    return known === undefined ? null : { sign, reaction: known };
  }
  if (sign === 'shows' && typeof camera === 'boolean' && typeof microphone === 'boolean') {
    return { sign, camera, microphone };
  }
  return null;
}
