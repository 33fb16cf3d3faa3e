import { useEffect, useState } from 'react';
import { browserWorld, forgetChat } from '../../call/browserWorld';
import { CallSession } from '../../call/callSession';
import { connection } from '../../socket/connection';

/** Pages that were left, and the moment when their call ends unless they are there again. */
const leaving = new Map<string, ReturnType<typeof setTimeout>>();

/** A page that is drawn anew at once has not been left. */
const LEFT_MS = 200;

/**
 * The call of this page. Whoever goes to another page of the client leaves the call; whoever loads the
 * page again does not.
 */
export function useCall(roomId: string, me: string): CallSession | null {
  const [session, setSession] = useState<CallSession | null>(null);
  useEffect(() => {
    clearTimeout(leaving.get(roomId));
    leaving.delete(roomId);
    const begun = new CallSession(browserWorld(roomId, me));
    setSession(begun);
    begun.start();
    return () => {
      const over = begun.state.get().ended !== null;
      begun.close();
      if (over) {
        forgetChat(roomId);
        return;
      }
      leaving.set(
        roomId,
        setTimeout(() => {
          leaving.delete(roomId);
          connection.send('call:end', { roomId });
        }, LEFT_MS),
      );
    };
  }, [roomId, me]);
  return session;
}
