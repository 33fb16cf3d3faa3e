import { Button, Notice, SkeletonLines } from '../design';
import { defineTexts, useTexts } from '../i18n/texts';
import { explain } from './explain';
import type { ApiError } from './refusal';

const texts = defineTexts({ again: 'Try again' }, { de: { again: 'Noch einmal' } });

interface WaitingProps {
  readonly asked: {
    readonly data: unknown;
    readonly error: ApiError | undefined;
    readonly loading: boolean;
    readonly reload: () => void;
  };
  /** Says what is on its way. */
  readonly label: string;
  readonly lines?: number;
}

/** Stands where an answer will be; says why it did not come, beside an older one too. */
export function Waiting({ asked, label, lines = 4 }: WaitingProps) {
  const t = useTexts(texts);
  if (asked.error !== undefined) {
    return (
      <Notice kind="bad" action={<Button onClick={asked.reload}>{t.again}</Button>}>
        {explain(asked.error)}
      </Notice>
    );
  }
  return asked.data === undefined && asked.loading ? <SkeletonLines label={label} lines={lines} /> : null;
}
