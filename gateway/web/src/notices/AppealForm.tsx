import { type FormEvent, useState } from 'react';
import { explain } from '../api/explain';
import { ApiError } from '../api/refusal';
import { Button, Notice, TextArea } from '../design';
import { useTexts } from '../i18n/texts';
import css from '../pages/form.module.css';
import { noticeTexts } from './texts';

const LONGEST = 2_000;

interface AppealFormProps {
  /** Sends it; by the session, or by address and password of whoever has none. */
  readonly send: (text: string) => Promise<unknown>;
  readonly onSent?: () => void;
}

/** A field for the side of whoever is suspended. */
export function AppealForm({ send, onSent }: AppealFormProps) {
  const t = useTexts(noticeTexts);
  const [text, setText] = useState('');
  const [state, setState] = useState<'asking' | 'busy' | 'sent'>('asking');
  const [missing, setMissing] = useState(false);
  const [problem, setProblem] = useState<string>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (state === 'busy') return;
    setMissing(text.trim() === '');
    if (text.trim() === '') return;
    setState('busy');
    setProblem(undefined);
    try {
      await send(text.trim());
      setState('sent');
      onSent?.();
    } catch (cause) {
      setState('asking');
      setProblem(reason(cause));
    }
  };
  const reason = (cause: unknown): string => {
    if (!(cause instanceof ApiError) || cause.status !== 409) return explain(cause);
    return cause.body['alreadyAppealed'] === true ? t.alreadyAppealed : t.notBanned;
  };
  if (state === 'sent') return <Notice kind="good">{t.appealSent}</Notice>;
  return (
    <form className={css['form']} onSubmit={(event) => void submit(event)} noValidate>
      <p>{t.appealWhy}</p>
      <TextArea
        label={t.appealText}
        value={text}
        maxLength={LONGEST}
        problem={missing ? t.appealMissing : undefined}
        onChange={(event) => setText(event.target.value)}
      />
      {problem !== undefined && <Notice kind="bad">{problem}</Notice>}
      <div className={css['row']}>
        <Button type="submit" busy={state === 'busy'}>
          {t.appealSend}
        </Button>
      </div>
    </form>
  );
}
