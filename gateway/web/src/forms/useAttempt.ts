import { useRef, useState } from 'react';
import { explain } from '../api/explain';

/** Something that is done with the gateway's help, once at a time. */
export interface Attempt {
  readonly busy: boolean;
  /** Why the last attempt failed. */
  readonly problem: string | undefined;
  /** Does it, unless it is being done; answers whether that worked. */
  readonly attempt: (work: () => Promise<unknown>) => Promise<boolean>;
  /** Says nothing of the last attempt any more. */
  readonly forget: () => void;
}

/** @param why what to tell people of a failure; undefined when there is something better to show */
export function useAttempt(why: (cause: unknown) => string | undefined = explain): Attempt {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const running = useRef(false);
  const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
      return true;
    } catch (cause) {
      setProblem(why(cause));
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  return { busy, problem, attempt, forget: () => setProblem(undefined) };
}
