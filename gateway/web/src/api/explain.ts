import { defineTexts, textsOf } from '../i18n/texts';
import { ApiError } from './refusal';

const texts = defineTexts(
  {
    unreachable: 'The server cannot be reached. Check your connection and try again.',
    tooMany: (minutes: number) => `Too many attempts. Try again in about ${minutes} min.`,
    busy: 'The server is busy right now. Try again in a moment.',
    refused: (why: string) => `That did not work: ${why}`,
  },
  {
    de: {
      unreachable: 'Der Server ist nicht erreichbar. Prüfe deine Verbindung und versuche es noch einmal.',
      tooMany: (minutes: number) => `Zu viele Versuche. Versuche es in etwa ${minutes} min noch einmal.`,
      busy: 'Der Server ist gerade ausgelastet. Versuche es gleich noch einmal.',
      refused: (why: string) => `Das ging nicht: ${why}`,
    },
  },
);

/** What to tell people of a failure that the page has no words of its own for. */
export function explain(cause: unknown): string {
  const t = textsOf(texts);
  if (!(cause instanceof ApiError) || cause.status === 0) return t.unreachable;
  if (cause.status === 429) return t.tooMany(Math.max(1, Math.ceil(cause.retrySeconds / 60)));
  if (cause.status === 503) return t.busy;
  return t.refused(cause.message);
}
