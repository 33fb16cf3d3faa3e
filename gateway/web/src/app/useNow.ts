import { useEffect, useState } from 'react';
import { serverNow } from './clock';

/**
 * The server's time, drawn again when `next` says that something changes: it answers after how many
 * milliseconds, or null for never. To be given as a function of its own, or remembered.
 */
export function useNow(next: (now: number) => number | null): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const look = (): void => {
      const current = serverNow();
      setNow(current);
      const pause = next(current);
      if (pause !== null) timer = setTimeout(look, Math.min(Math.max(pause, 1), 60_000));
    };
    look();
    return () => clearTimeout(timer);
  }, [next]);
  return now;
}
