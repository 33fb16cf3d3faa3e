import { Store } from '../app/store';
import { forget, recall, remember } from './storage';

/** Who is signed in on this device. */
export interface Session {
  readonly token: string;
  readonly userId: string;
  readonly accountType: 'guest' | 'permanent';
}

/** The session now; null when nobody is signed in. */
export const session = new Store<Session | null>(recall());

/** Signs in, or replaces what is known of who is. */
export function signIn(next: Session): void {
  remember(next);
  standing.set({ kind: 'good' });
  session.set(next);
}

/** Forgets the session on this device only. */
export function signOut(): void {
  forget();
  session.set(null);
}

/** What the gateway last said of this session: it was ended from elsewhere, or its user is banned. */
export type Standing =
  | { readonly kind: 'good' }
  | { readonly kind: 'displaced' }
  | { readonly kind: 'banned'; readonly message?: string };

export const standing = new Store<Standing>({ kind: 'good' });

/** The session was ended by a sign-in elsewhere. */
export function displaced(): void {
  if (session.get() === null) return;
  standing.set({ kind: 'displaced' });
  signOut();
}

/** The user is banned; the session is kept, since an appeal needs it. */
export function banned(message?: string): void {
  if (standing.get().kind === 'banned') return;
  standing.set(message === undefined ? { kind: 'banned' } : { kind: 'banned', message });
}
