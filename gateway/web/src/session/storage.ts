import type { Session } from './session';

const KEY = 'napalmsky.session';

/** What was remembered on this device, or null; storage that is blocked or garbled holds nothing. */
export function recall(): Session | null {
  try {
    return read(localStorage.getItem(KEY));
  } catch {
    return null;
  }
}

export function remember(session: Session): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(session));
  } catch {
    // Full or blocked: the session lasts as long as this page.
  }
}

export function forget(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Nothing was kept then.
  }
}

export function read(text: string | null): Session | null {
  if (text === null) return null;
  try {
    const kept: unknown = JSON.parse(text);
    if (typeof kept !== 'object' || kept === null) return null;
    const { token, userId, accountType } = kept as Record<string, unknown>;
    if (typeof token !== 'string' || typeof userId !== 'string') return null;
    return { token, userId, accountType: accountType === 'permanent' ? 'permanent' : 'guest' };
  } catch {
    return null;
  }
}
