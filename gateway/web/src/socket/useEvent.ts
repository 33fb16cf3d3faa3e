import { useEffect, useRef } from 'react';
import { connection, type ToClient } from './connection';

/** Listens while the component is there; always calls the listener of its latest drawing. */
export function useEvent<E extends keyof ToClient>(event: E, listener: (payload: ToClient[E]) => void): void {
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => connection.on(event, (payload) => latest.current(payload)), [event]);
}
