import { useEffect, useRef, useState } from 'react';
import { ApiError } from './refusal';
import { type Query, useQuery } from './useQuery';

/** Part of a list: what it holds, and from where the next part goes on; null at the end. */
export interface Part<T> {
  readonly entries: readonly T[];
  readonly next: string | null;
}

/** What is known of a list that comes in parts. */
export interface Pages<T> extends Omit<Query<readonly T[]>, 'replace'> {
  /** Asks for the next part; undefined when all is there. */
  readonly more: (() => void) | undefined;
  readonly moreLoading: boolean;
  /** Why the next part did not come. */
  readonly moreError: ApiError | undefined;
  /** Changes what is known of the list, after a change that needs no new question. */
  readonly change: (change: (known: readonly T[]) => readonly T[]) => void;
}

interface Further<T> {
  /** The first part that these follow. */
  readonly of: Part<T>;
  readonly entries: readonly T[];
  readonly next: string | null;
}

/** Asks for a list part by part, from the beginning whenever a dependency changes. */
export function usePages<T>(
  ask: (before: string | null, signal: AbortSignal) => Promise<Part<T>>,
  dependencies: readonly unknown[] = [],
): Pages<T> {
  const first = useQuery((signal) => ask(null, signal), dependencies);
  const [further, setFurther] = useState<Further<T>>();
  const [busy, setBusy] = useState<AbortController>();
  const [moreError, setMoreError] = useState<ApiError>();
  const latest = useRef(ask);
  latest.current = ask;
  useEffect(() => () => busy?.abort(), [busy]);

  const part = first.data;
  const shown: Part<T> | undefined = further !== undefined && further.of === part ? further : part;
  const more = (): void => {
    if (part === undefined || shown === undefined || shown.next === null || busy !== undefined) return;
    const abort = new AbortController();
    setBusy(abort);
    setMoreError(undefined);
    latest.current(shown.next, abort.signal).then(
      ({ entries, next }) => {
        if (abort.signal.aborted) return;
        // What was changed meanwhile stays changed.
        setFurther((known) => ({
          of: part,
          entries: [...(known?.of === part ? known.entries : part.entries), ...entries],
          next,
        }));
        setBusy(undefined);
      },
      (cause: unknown) => {
        if (abort.signal.aborted) return;
        setMoreError(ApiError.from(cause));
        setBusy(undefined);
      },
    );
  };
  return {
    data: shown?.entries,
    error: first.error,
    loading: first.loading,
    reload: first.reload,
    more: shown === undefined || shown.next === null ? undefined : more,
    moreLoading: busy !== undefined,
    moreError,
    change: (change) => {
      if (part === undefined) return;
      setFurther((known) =>
        known?.of === part
          ? { ...known, entries: change(known.entries) }
          : { of: part, entries: change(part.entries), next: part.next },
      );
    },
  };
}
