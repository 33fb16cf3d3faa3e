/**
 * The reel: who is shown, in which order, and who is in front. Pure; nothing here knows a socket, a
 * clock or the page.
 *
 * Two rules decide the order. Whoever is in front stays in front, whatever the lobby says: if he
 * leaves, his card stays with a note until the viewer moves on, so that nobody is swapped under a
 * finger that is about to press "invite". And nobody who is shown already changes his place: others
 * are added behind, people introduced to the viewer as the next ones.
 */

export type Gender = 'female' | 'male' | 'nonbinary' | 'unspecified';

export const GENDERS: readonly Gender[] = ['female', 'male', 'nonbinary', 'unspecified'];

/** Somebody as others see him. */
export interface Person {
  readonly userId: string;
  readonly name: string;
  readonly gender: Gender;
  readonly selfieUrl?: string | null | undefined;
  readonly videoUrl?: string | null | undefined;
}

/** Somebody in the answer of `GET /room/queue`. */
export interface Candidate extends Person {
  readonly hasCooldown: boolean;
  /** Server time in milliseconds. */
  readonly cooldownExpiry: number | null;
  readonly wasIntroducedToMe: boolean;
  readonly introducedBy: string | null;
}

/** What a tick of the lobby changed, as `lobby:delta` tells it. */
export interface LobbyDelta {
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
  readonly offline?: readonly string[];
}

export interface Card {
  readonly person: Person;
  readonly introduced: boolean;
  /** Name of who introduced him. */
  readonly introducedBy: string | null;
  /** Until when he cannot be invited, server time in milliseconds. */
  readonly cooldownUntil: number | null;
  /** False: he left while his card was in front, or while an invite waits for him. */
  readonly here: boolean;
  /** Came with a page of the reel and not with the view, so that no delta tells of him. */
  readonly unwatched: boolean;
}

export interface Reel {
  readonly cards: readonly Card[];
  /** Who is in front; null when nobody is shown, or behind the last one. */
  readonly front: string | null;
  /** The viewer went past the last card; the next who comes is shown to him. */
  readonly atEnd: boolean;
  /** Whom to show; empty: everybody. */
  readonly genders: readonly Gender[];
  /** Whom an invite of the viewer waits for. He stays, and stays in front. */
  readonly held: string | null;
  /** How many can be called, as the server counts; null before its first answer. */
  readonly total: number | null;
  /** The lobby named people who are not known here: the queue is to be asked. */
  readonly stale: boolean;
}

export type ReelEvent =
  | {
      readonly type: 'snapshot';
      readonly users: readonly Candidate[];
      readonly total: number;
      /** Nobody was left out for want of room. */
      readonly complete: boolean;
    }
  | { readonly type: 'more'; readonly people: readonly Person[] }
  | { readonly type: 'delta'; readonly delta: LobbyDelta }
  | { readonly type: 'moved'; readonly by: 1 | -1 }
  | { readonly type: 'restarted' }
  | { readonly type: 'filtered'; readonly genders: readonly Gender[] }
  | { readonly type: 'held'; readonly userId: string | null }
  | { readonly type: 'cooldown'; readonly userId: string; readonly until: number }
  | { readonly type: 'passed'; readonly now: number }
  | { readonly type: 'pinned'; readonly person: Person; readonly here: boolean }
  | { readonly type: 'dropped'; readonly userId: string };

export const EMPTY_REEL: Reel = {
  cards: [],
  front: null,
  atEnd: false,
  genders: [],
  held: null,
  total: null,
  stale: false,
};

export function reduceReel(reel: Reel, event: ReelEvent): Reel {
  switch (event.type) {
    case 'snapshot':
      return settled(snapshot(reel, event.users, event.total, event.complete));
    case 'more':
      return settled(more(reel, event.people));
    case 'delta':
      return settled(applyDelta(reel, event.delta));
    case 'moved':
      return moved(reel, event.by);
    case 'restarted':
      return settled({ ...reel, front: null, atEnd: false });
    case 'filtered':
      return filtered(reel, event.genders);
    case 'held':
      return settled(held(reel, event.userId));
    case 'cooldown':
      // Stale, because an answer that is under way may be older than this and would take it away.
      return {
        ...change(reel, event.userId, (card) => ({
          ...card,
          cooldownUntil: Math.max(event.until, card.cooldownUntil ?? 0),
        })),
        stale: true,
      };
    case 'passed':
      return passed(reel, event.now);
    case 'pinned':
      return pinned(reel, event.person, event.here);
    case 'dropped':
      return dropped(reel, event.userId);
  }
}

/** The cards that pass the filter, in order. */
export function shown(reel: Reel): readonly Card[] {
  return reel.cards.filter((card) => passes(reel, card));
}

export function frontCard(reel: Reel): Card | null {
  return reel.cards.find((card) => card.person.userId === reel.front) ?? null;
}

/** Who comes before or after the one in front; null at either end. */
export function neighbour(reel: Reel, by: 1 | -1): Card | null {
  const cards = shown(reel);
  if (reel.atEnd) return by === -1 ? (cards.at(-1) ?? null) : null;
  const index = cards.findIndex((card) => card.person.userId === reel.front);
  return index < 0 ? null : (cards[index + by] ?? null);
}

/** Where the viewer is: the index of who is in front (-1: nobody) among all who are shown. */
export function place(reel: Reel): { readonly index: number; readonly count: number } {
  const cards = shown(reel);
  const index = cards.findIndex((card) => card.person.userId === reel.front);
  return { index: reel.atEnd ? cards.length : index, count: cards.length };
}

function passes(reel: Reel, card: Card): boolean {
  const id = card.person.userId;
  return (
    reel.genders.length === 0 || reel.genders.includes(card.person.gender) || id === reel.held
  );
}

function snapshot(
  reel: Reel,
  users: readonly Candidate[],
  total: number,
  complete: boolean,
): Reel {
  const answered = new Map(users.map((user) => [user.userId, user]));
  const kept: Card[] = [];
  for (const card of reel.cards) {
    const id = card.person.userId;
    const user = answered.get(id);
    if (user !== undefined) kept.push(toCard(user));
    else if (id === reel.front || id === reel.held) {
      kept.push(complete ? { ...card, here: false } : card);
    } else if (!complete && card.unwatched) kept.push(card);
  }
  const known = new Set(kept.map((card) => card.person.userId));
  const fresh = unique(users.filter((user) => !known.has(user.userId))).map(toCard);
  return arrived({ ...reel, cards: inserted(reel, kept, fresh), total, stale: false }, fresh);
}

/** Who waits behind the last card is shown the first who comes. */
function arrived(reel: Reel, fresh: readonly Card[]): Reel {
  const first = reel.atEnd ? fresh.find((card) => passes(reel, card)) : undefined;
  return first === undefined ? reel : { ...reel, front: first.person.userId, atEnd: false };
}

/** People introduced to the viewer come next, all others last. */
function inserted(reel: Reel, kept: readonly Card[], fresh: readonly Card[]): readonly Card[] {
  const first = fresh.filter((card) => card.introduced);
  const rest = fresh.filter((card) => !card.introduced);
  if (reel.atEnd) return [...kept, ...first, ...rest];
  let next = kept.findIndex((card) => card.person.userId === reel.front) + 1;
  while (kept[next]?.introduced === true) next++;
  return [...kept.slice(0, next), ...first, ...kept.slice(next), ...rest];
}

function more(reel: Reel, people: readonly Person[]): Reel {
  const known = new Set(reel.cards.map((card) => card.person.userId));
  const fresh = unique(people.filter((person) => !known.has(person.userId))).map(
    (person): Card => ({ ...toCard(person), unwatched: true }),
  );
  return fresh.length === 0 ? reel : arrived({ ...reel, cards: [...reel.cards, ...fresh] }, fresh);
}

function applyDelta(reel: Reel, delta: LobbyDelta): Reel {
  const gone = new Set([...(delta.remove ?? []), ...(delta.offline ?? [])]);
  const back = new Set(delta.add ?? []);
  let total = reel.total;
  const cards: Card[] = [];
  for (const card of reel.cards) {
    const id = card.person.userId;
    if (gone.has(id)) {
      // Only who was counted: the server's number is of those who can be called.
      if (card.here && total !== null) total = Math.max(0, total - 1);
      if (id === reel.front || id === reel.held) cards.push({ ...card, here: false });
    } else if (back.delete(id)) {
      if (!card.here && total !== null) total++;
      cards.push(card.here ? card : { ...card, here: true });
    } else cards.push(card);
  }
  return { ...reel, cards, total, stale: reel.stale || back.size > 0 };
}

function moved(reel: Reel, by: 1 | -1): Reel {
  if (reel.held !== null) return reel;
  const next = neighbour(reel, by);
  if (next !== null) return settled({ ...reel, front: next.person.userId, atEnd: false });
  if (by === -1 || reel.atEnd || reel.front === null) return reel;
  return settled({ ...reel, front: null, atEnd: true });
}

function filtered(reel: Reel, genders: readonly Gender[]): Reel {
  const next: Reel = { ...reel, genders: GENDERS.filter((gender) => genders.includes(gender)) };
  const card = frontCard(reel);
  if (card === null || passes(next, card)) return settled(next);
  const from = reel.cards.indexOf(card);
  const behind = reel.cards.slice(from).find((other) => passes(next, other));
  const before = reel.cards.slice(0, from).findLast((other) => passes(next, other));
  return settled({ ...next, front: (behind ?? before)?.person.userId ?? null });
}

function held(reel: Reel, userId: string | null): Reel {
  if (userId === null || !reel.cards.some((card) => card.person.userId === userId)) {
    return { ...reel, held: null };
  }
  return { ...reel, held: userId, front: userId, atEnd: false };
}

function passed(reel: Reel, now: number): Reel {
  const over = (card: Card): boolean => card.cooldownUntil !== null && card.cooldownUntil <= now;
  if (!reel.cards.some(over)) return reel;
  return {
    ...reel,
    cards: reel.cards.map((card) => (over(card) ? { ...card, cooldownUntil: null } : card)),
  };
}

function pinned(reel: Reel, person: Person, here: boolean): Reel {
  if (reel.held !== null) return reel;
  const id = person.userId;
  const card = reel.cards.find((other) => other.person.userId === id) ?? {
    ...toCard(person),
    here,
    unwatched: true,
  };
  const others = reel.cards.filter((other) => other.person.userId !== id);
  // Chosen by name: a filter would hide the very person who was asked for.
  const genders =
    reel.genders.length === 0 || reel.genders.includes(person.gender) ? reel.genders : [];
  return settled({ ...reel, cards: [card, ...others], genders, front: id, atEnd: false });
}

function dropped(reel: Reel, userId: string): Reel {
  const ahead = reel.front === userId ? (neighbour(reel, 1) ?? neighbour(reel, -1)) : null;
  return settled({
    ...reel,
    cards: reel.cards.filter((card) => card.person.userId !== userId),
    held: reel.held === userId ? null : reel.held,
    front: reel.front === userId ? (ahead?.person.userId ?? null) : reel.front,
  });
}

/** Takes out who left and is not looked at any more, and puts somebody in front if nobody is. */
function settled(reel: Reel): Reel {
  const cards = reel.cards.filter(
    (card) =>
      card.here || card.person.userId === reel.front || card.person.userId === reel.held,
  );
  const next = cards.length === reel.cards.length ? reel : { ...reel, cards };
  if (next.front !== null) return next;
  const first = next.atEnd ? undefined : shown(next)[0];
  return first === undefined ? next : { ...next, front: first.person.userId };
}

function change(reel: Reel, userId: string, how: (card: Card) => Card): Reel {
  if (!reel.cards.some((card) => card.person.userId === userId)) return reel;
  return {
    ...reel,
    cards: reel.cards.map((card) => (card.person.userId === userId ? how(card) : card)),
  };
}

function toCard(person: Person | Candidate): Card {
  const marks = 'hasCooldown' in person ? person : null;
  return {
    person: {
      userId: person.userId,
      name: person.name,
      gender: person.gender,
      selfieUrl: person.selfieUrl,
      videoUrl: person.videoUrl,
    },
    introduced: marks?.wasIntroducedToMe ?? false,
    introducedBy: marks?.introducedBy ?? null,
    cooldownUntil: marks?.hasCooldown === true ? marks.cooldownExpiry : null,
    here: true,
    unwatched: false,
  };
}

function unique<P extends Person>(people: readonly P[]): readonly P[] {
  return [...new Map(people.map((person) => [person.userId, person])).values()];
}
