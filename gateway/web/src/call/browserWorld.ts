import { api, of } from '../api/client';
import { serverNow, setServerTime } from '../app/clock';
import { connection } from '../socket/connection';
import type { CallWorld } from './callSession';
import { type Chat, emptyChat } from './chat';
import { LocalMedia } from './localMedia';
import { readServers, type Servers } from './servers';

/** Asks the gateway which servers help to find the peer. */
export async function askServers(): Promise<Servers> {
  return readServers(await of(api.GET('/turn/credentials')));
}

/** Does something later; answers how to call it off. */
export function after(millis: number, then: () => void): () => void {
  const timer = setTimeout(then, millis);
  return () => clearTimeout(timer);
}

export function localMedia(): LocalMedia {
  return new LocalMedia(navigator.mediaDevices as MediaDevices | undefined, () => innerHeight > innerWidth);
}

/** Phones change from one network to another without a word of it to the page, or with one of these. */
function onNetworkChange(changed: () => void): () => void {
  const network = (navigator as { readonly connection?: EventTarget }).connection;
  addEventListener('online', changed);
  network?.addEventListener('change', changed);
  return () => {
    removeEventListener('online', changed);
    network?.removeEventListener('change', changed);
  };
}

const KEY = 'napalmsky.chat.';

/** The chat of a call outlives a reload of its page, in this tab only. */
function recall(roomId: string): Chat | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY + roomId) ?? 'null');
    if (typeof kept !== 'object' || kept === null || !Array.isArray((kept as Chat).lines)) return null;
    const { lines, nextKey } = kept as Chat;
    return { ...emptyChat, lines, nextKey };
  } catch {
    return null;
  }
}

function keep(roomId: string, chat: Chat): void {
  try {
    sessionStorage.setItem(KEY + roomId, JSON.stringify({ lines: chat.lines, nextKey: chat.nextKey }));
  } catch {
    // Full or blocked: a reload loses the chat of this page; the history has it.
  }
}

/** Forgets the chat of a call that is over. */
export function forgetChat(roomId: string): void {
  try {
    sessionStorage.removeItem(KEY + roomId);
  } catch {
    // Nothing was kept then.
  }
}

export function browserWorld(roomId: string, me: string): CallWorld {
  return {
    roomId,
    me,
    connection,
    media: localMedia(),
    servers: askServers,
    connect: (configuration) => new RTCPeerConnection(configuration),
    now: serverNow,
    setServerTime,
    after,
    onNetworkChange,
    remembered: recall(roomId),
    remember: (chat) => keep(roomId, chat),
  };
}
