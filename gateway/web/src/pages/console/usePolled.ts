import { useEffect, useRef, useState } from 'react';
import { ApiError } from '../../api/refusal';

/** After a refusal it waits so many times as long. */
const PATIENCE = 3;

export interface Polled<T> {
  /** The last answer, kept while a later question fails. */
  readonly data: T | undefined;
  readonly error: ApiError | undefined;
}

/**
 * Asks again and again: `pauseMs` after each answer, later when it was refused or told to wait, and
 * not while nobody looks at the page.
 */
export function usePolled<T>(ask: (signal: AbortSignal) => Promise<T>, pauseMs: number): Polled<T> {
  const [state, setState] = useState<Polled<T>>({ data: undefined, error: undefined });
  const latest = useRef(ask);
  latest.current = ask;

  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let due = true;
    const again = (pause: number): void => {
      if (abort.signal.aborted) return;
      timer = setTimeout(() => {
        due = true;
        look();
      }, pause);
    };
    const look = (): void => {
      if (!due || document.hidden) return;
      due = false;
      latest.current(abort.signal).then(
        (data) => {
          if (!abort.signal.aborted) setState({ data, error: undefined });
          again(pauseMs);
        },
        (cause: unknown) => {
          const error = ApiError.from(cause);
          if (!abort.signal.aborted) setState(({ data }) => ({ data, error }));
          again(Math.max(pauseMs * PATIENCE, error.retrySeconds * 1000));
        },
      );
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      abort.abort();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [pauseMs]);
  return state;
}
