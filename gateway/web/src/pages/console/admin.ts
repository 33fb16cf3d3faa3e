import { Store } from '../../app/store';

/** Who is at the console. */
export interface Admin {
  readonly token: string;
  readonly username: string;
  /**
   * Whether the session was opened at the admins' door. It is kept for this tab alone and ended when
   * the admin leaves; the other kind is the user's own, which goes on without the console.
   */
  readonly door: boolean;
  /** Whether the gateway said since this page was loaded that the session holds. */
  readonly verified: boolean;
}

const KEY = 'napalmsky.admin';

function kept(): Admin | null {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
    if (typeof value !== 'object' || value === null) return null;
    const { token, username } = value as Record<string, unknown>;
    return typeof token === 'string' && typeof username === 'string' ? { token, username, door: true, verified: false } : null;
  } catch {
    // Blocked or garbled.
    return null;
  }
}

function keep(admin: Admin | null): void {
  try {
    if (admin?.door) sessionStorage.setItem(KEY, JSON.stringify({ token: admin.token, username: admin.username }));
    else sessionStorage.removeItem(KEY);
  } catch {
    // It holds for this page then.
  }
}

/** Who is at the console of this tab; null when nobody is. */
export const admin = new Store<Admin | null>(kept());

/** Whether the last session ended although the admin did not leave; the way back in says so. */
export const ended = new Store(false);

/** Takes a session that the gateway has just given, or said to hold. */
export function enter(session: Omit<Admin, 'verified'>): void {
  const next = { ...session, verified: true };
  keep(next);
  ended.set(false);
  admin.set(next);
}

/** Forgets the session in this tab. */
export function leave(): void {
  keep(null);
  ended.set(false);
  admin.set(null);
}

/** The gateway does not know this token any more; another that was taken since stays. */
export function lost(token: string): void {
  if (admin.get()?.token !== token) return;
  keep(null);
  ended.set(true);
  admin.set(null);
}
