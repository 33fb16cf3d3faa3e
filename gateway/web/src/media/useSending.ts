import { useState } from 'react';
import { explain } from '../api/explain';
import { upload } from './upload';

/** One upload at a time, with how far it is and why it failed. */
export function useSending(kind: 'selfie' | 'video', onSent: () => void) {
  const [part, setPart] = useState<number | null>(null);
  const [problem, setProblem] = useState<string>();
  const send = async (file: Blob) => {
    setProblem(undefined);
    setPart(0);
    try {
      await upload(kind, file, setPart);
      onSent();
    } catch (cause) {
      setProblem(explain(cause));
    } finally {
      setPart(null);
    }
  };
  return { part, problem, send };
}
