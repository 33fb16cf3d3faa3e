/**
 * Why two people cannot invite each other for a while. The server says only until when; the why is
 * what this device saw happen.
 */

/** Of the pair: who did what. */
export type CooldownReason = 'they-declined' | 'no-answer' | 'withdrawn' | 'you-declined' | 'missed' | 'talked';

const REASONS: readonly CooldownReason[] = [
  'they-declined',
  'no-answer',
  'withdrawn',
  'you-declined',
  'missed',
  'talked',
];
const KEY = 'napalmsky.cooldown-reasons';
const KEPT = 100;

/** By user, the oldest first; bounded, and kept on this device as far as it keeps anything. */
export class CooldownReasons {
  #reasons: Map<string, CooldownReason> | null = null;

  of(userId: string): CooldownReason | null {
    return this.#load().get(userId) ?? null;
  }

  note(userId: string, reason: CooldownReason): void {
    const reasons = this.#load();
    reasons.delete(userId);
    reasons.set(userId, reason);
    for (const oldest of reasons.keys()) {
      if (reasons.size <= KEPT) break;
      reasons.delete(oldest);
    }
    this.#write();
  }

  /** Somebody else is signed in on this device. */
  forget(): void {
    this.#reasons = new Map();
    this.#write();
  }

  #load(): Map<string, CooldownReason> {
    this.#reasons ??= stored();
    return this.#reasons;
  }

  #write(): void {
    try {
      localStorage.setItem(KEY, JSON.stringify([...(this.#reasons ?? [])]));
    } catch {
      // They hold for this page then.
    }
  }
}

function stored(): Map<string, CooldownReason> {
  const reasons = new Map<string, CooldownReason>();
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    if (!Array.isArray(kept)) return reasons;
    for (const one of kept.slice(-KEPT) as unknown[]) {
      if (!Array.isArray(one)) continue;
      const [userId, reason] = one as unknown[];
      const known = REASONS.find((candidate) => candidate === reason);
      if (typeof userId === 'string' && known !== undefined) reasons.set(userId, known);
    }
  } catch {
    // Blocked or garbled.
  }
  return reasons;
}
