import { api, of } from '../api/client';
import { lobby } from '../away/here';
import type { Person } from './reel';

/** Follows an introduction code; whom it leads to is in front when the reel is next shown, if he is here. */
export async function meetByCode(code: string): Promise<{ readonly person: Person; readonly here: boolean }> {
  const { targetUser, canCall } = await of(
    api.POST('/referral/direct-match', { body: { referralCode: code.trim().toUpperCase() } }),
  );
  if (canCall) meet(targetUser);
  return { person: targetUser, here: canCall };
}

/** Puts somebody who is here in front of the reel. */
export function meet(person: Person): void {
  lobby.tell({ type: 'pinned', person, here: true });
}
