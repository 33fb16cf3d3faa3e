import type { Schema } from '../../api/client';

/** A past call in the own view. */
export type Talk = Schema<'History'>['history'][number];

/** What somebody wrote or shared, as one text. */
export function said(message: Schema<'Message'>): string {
  return message.type === 'social'
    ? Object.entries(message.socials ?? {})
        .map(([network, handle]) => `${network}: ${handle}`)
        .join(', ')
    : (message.text ?? '');
}

/** Whether a call has the words in its partner's name or in what was said. */
export function fits(talk: Talk, words: string): boolean {
  const wanted = words.trim().toLocaleLowerCase();
  return [talk.partnerName, ...talk.messages.map(said)].some((text) => text.toLocaleLowerCase().includes(wanted));
}
