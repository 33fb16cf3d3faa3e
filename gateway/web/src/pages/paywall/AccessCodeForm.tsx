import { type FormEvent, useState } from 'react';
import { api, of } from '../../api/client';
import { explain } from '../../api/explain';
import { ApiError } from '../../api/refusal';
import { Button, Card, Field, toast } from '../../design';
import { useTexts } from '../../i18n/texts';
import css from '../form.module.css';
import { accessTexts } from './texts';

const CODE = /^[A-Z0-9]{16}$/;

interface AccessCodeFormProps {
  /** From the address that was scanned. */
  readonly code: string;
  readonly onDone: () => void;
}

/** Lets somebody in who was given a code. What cannot be one is not tried: wrong codes are counted. */
export function AccessCodeForm({ code: scanned, onDone }: AccessCodeFormProps) {
  const t = useTexts(accessTexts);
  const [code, setCode] = useState(scanned.trim().toUpperCase());
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const inviteCode = code.replace(/[\s-]/g, '');
    if (!CODE.test(inviteCode)) {
      setProblem(t.codeShape);
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      await of(api.POST('/payment/apply-code', { body: { inviteCode } }));
      toast(t.codeDone);
      onDone();
    } catch (cause) {
      if (cause instanceof ApiError && cause.status === 400) onDone();
      else if (cause instanceof ApiError && cause.status === 403) {
        const left = cause.body['attemptsRemaining'];
        setProblem(typeof left === 'number' ? `${t.codeRefused} ${t.attempts(left)}` : t.codeRefused);
      } else setProblem(explain(cause));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Card>
      <h2>{t.code}</h2>
      <p>{t.codeWhy}</p>
      <form className={css['form']} onSubmit={(event) => void submit(event)} noValidate>
        <Field
          label={t.codeLabel}
          hint={t.codeHint}
          problem={problem}
          value={code}
          maxLength={30}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          onChange={(event) => setCode(event.target.value.toUpperCase())}
        />
        <div className={css['row']}>
          <Button type="submit" look="secondary" busy={busy}>
            {t.codeGo}
          </Button>
        </div>
      </form>
    </Card>
  );
}
