import { useState } from 'react';
import { explain } from '../api/explain';
import { ApiError } from '../api/refusal';
import { Notice, TextArea } from '../design';
import { Form } from '../forms/Form';
import { useTexts } from '../i18n/texts';
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
  const [sent, setSent] = useState(false);
  const [missing, setMissing] = useState(false);
  const submit = async () => {
    const said = text.trim();
    setMissing(said === '');
    if (said === '') return;
    await send(said);
    setSent(true);
    onSent?.();
  };
  const why = (cause: unknown) => {
    if (!(cause instanceof ApiError) || cause.status !== 409) return explain(cause);
    return cause.body['alreadyAppealed'] === true ? t.alreadyAppealed : t.notBanned;
  };
  if (sent) return <Notice kind="good">{t.appealSent}</Notice>;
  return (
    <Form submit={t.appealSend} onSubmit={submit} why={why} noValidate>
      <p>{t.appealWhy}</p>
      <TextArea
        label={t.appealText}
        value={text}
        maxLength={LONGEST}
        problem={missing ? t.appealMissing : undefined}
        onChange={(event) => setText(event.target.value)}
      />
    </Form>
  );
}
