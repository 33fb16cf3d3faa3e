import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError } from './refusal';

/** What is known of something that was asked for. */
export interface Query<T> {
  /** The last answer, kept while it is asked for again. */
  readonly data: T | undefined;
  /** Why the last question failed. */
  readonly error: ApiError | undefined;
  readonly loading: boolean;
  readonly reload: () => void;
  /** Replaces what is known, after a change that needs no new question. */
  readonly replace: (change: (known: T) => T) => void;
}

/**
 * Asks when the component appears and when a dependency changes; an answer that comes too late is
 * dropped, and its request aborted.
 */
export function useQuery<T>(ask: (signal: AbortSignal) => Promise<T>, dependencies: readonly unknown[] = []): Query<T> {
  const [state, setState] = useState<{ data?: T; error?: ApiError; loading: boolean }>({ loading: true });
  const [attempt, setAttempt] = useState(0);
  const latest = useRef(ask);
  latest.current = ask;

  useEffect(() => {
    const abort = new AbortController();
    setState(({ data }) => (data === undefined ? { loading: true } : { data, loading: true }));
    latest.current(abort.signal).then(
      (data) => {
        if (!abort.signal.aborted) setState({ data, loading: false });
      },
      (cause: unknown) => {
        if (abort.signal.aborted) return;
        const error = ApiError.from(cause);
        setState(({ data }) => (data === undefined ? { error, loading: false } : { data, error, loading: false }));
      },
    );
    return () => abort.abort();
  }, [attempt, ...dependencies]);

  const reload = useCallback(() => setAttempt((before) => before + 1), []);
  const replace = useCallback(
    (change: (known: T) => T) =>
      setState((before) => (before.data === undefined ? before : { ...before, data: change(before.data) })),
    [],
  );
  return { data: state.data, error: state.error, loading: state.loading, reload, replace };
}
