/** The networks whose names are shared, in the order in which they are shown. */
export const networks = ['instagram', 'tiktok', 'twitter', 'snapchat', 'discord'] as const;
export type Network = (typeof networks)[number];
export type Socials = Readonly<Partial<Record<Network, string>>>;

export interface Line {
  /** Unique in this chat. */
  readonly key: number;
  readonly from: 'me' | 'peer' | 'system';
  readonly at: number;
  readonly text: string | null;
  readonly socials: Socials | null;
}

export interface Chat {
  readonly lines: readonly Line[];
  readonly unread: number;
  readonly open: boolean;
  /** Until when the peer is taken to be typing, by this device's clock; 0 for not. */
  readonly typingUntil: number;
  readonly nextKey: number;
}

export const emptyChat: Chat = { lines: [], unread: 0, open: false, typingUntil: 0, nextKey: 1 };

/** As much as the gateway takes, in UTF-16 code units. */
export const LONGEST_LINE = 500;

/** A call holds 200 lines; a peer that makes more of them is not believed. */
const MOST_LINES = 400;

const LONGEST_NAME = 64;

/** How long one sign of typing counts. */
export const TYPING_MS = 4_000;

export type ChatEvent =
  | { readonly type: 'said'; readonly payload: unknown; readonly me: string }
  | { readonly type: 'shared'; readonly payload: unknown; readonly me: string }
  | { readonly type: 'typing'; readonly now: number }
  | { readonly type: 'not-typing' }
  | { readonly type: 'opened' }
  | { readonly type: 'closed' };

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function text(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const trimmed = value.trim();
  // By characters and not by halves of them: an emoji must not be cut in two.
  return trimmed === '' ? null : Array.from(trimmed).slice(0, LONGEST_LINE).join('');
}

function sender(from: unknown, me: string): Line['from'] {
  if (from === 'system') return 'system';
  return from === me ? 'me' : 'peer';
}

/** The names that somebody shared; what is none is dropped. */
export function readSocials(value: unknown): Socials | null {
  const fields = fieldsOf(value);
  const known = networks.flatMap((network) => {
    const name = text(fields[network]);
    return name === null ? [] : [[network, Array.from(name).slice(0, LONGEST_NAME).join('')] as const];
  });
  return known.length === 0 ? null : Object.fromEntries(known);
}

export function reduceChat(chat: Chat, event: ChatEvent): Chat {
  switch (event.type) {
    case 'said': {
      const fields = fieldsOf(event.payload);
      const said = text(fields['text']);
      return said === null ? chat : withLine(chat, fields, event.me, said, null);
    }
    case 'shared': {
      const fields = fieldsOf(event.payload);
      const socials = readSocials(fields['socials']);
      return socials === null ? chat : withLine(chat, fields, event.me, null, socials);
    }
    case 'typing':
      return { ...chat, typingUntil: event.now + TYPING_MS };
    case 'not-typing':
      return chat.typingUntil === 0 ? chat : { ...chat, typingUntil: 0 };
    case 'opened':
      return { ...chat, open: true, unread: 0 };
    case 'closed':
      return { ...chat, open: false };
  }
}

function withLine(chat: Chat, fields: Fields, me: string, said: string | null, socials: Socials | null): Chat {
  const from = sender(fields['from'], me);
  const at = fields['timestamp'];
  const line = {
    key: chat.nextKey,
    from,
    at: typeof at === 'number' && Number.isFinite(at) ? at : 0,
    text: said,
    socials,
  };
  return {
    ...chat,
    nextKey: chat.nextKey + 1,
    lines: [...chat.lines, line].slice(-MOST_LINES),
    unread: chat.open || from === 'me' ? chat.unread : chat.unread + 1,
    typingUntil: from === 'peer' ? 0 : chat.typingUntil,
  };
}
