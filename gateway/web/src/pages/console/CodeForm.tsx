import { type FormEvent, useState } from 'react';
import { of } from '../../api/client';
import { explain } from '../../api/explain';
import { Button, Card, Field, Notice } from '../../design';
import { useTexts } from '../../i18n/texts';
import css from './console.module.css';
import { desk } from './client';
import { daysOf, inDays } from './days';
import { consoleTexts } from './texts';
import { thingsTexts } from './thingsTexts';

/** Makes an access code. */
export function CodeForm({ onMade }: { readonly onMade: (code: string) => void }) {
  const t = useTexts(thingsTexts);
  const shared = useTexts(consoleTexts);
  const [label, setLabel] = useState('');
  const [days, setDays] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const whole = daysOf(days);
  const wrong = days.trim() !== '' && whole === undefined;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || wrong) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const body = {
        ...(label.trim() === '' ? {} : { label: label.trim() }),
        ...(whole === undefined ? {} : { expiresAt: inDays(whole) }),
      };
      const { code } = await of(desk.POST('/payment/admin/generate-code', { body }));
      setLabel('');
      setDays('');
      onMade(code);
    } catch (cause) {
      setProblem(explain(cause));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Card>
      <h2>{t.newCode}</h2>
      <form className={css['text']} onSubmit={(event) => void submit(event)}>
        <p>{t.newCodeWhy}</p>
        <div className={css['filters']}>
          <Field
            label={t.label}
            hint={t.labelHint}
            maxLength={100}
            value={label}
            onChange={(event) => setLabel(event.target.value)}
          />
          <Field
            label={t.daysPerhaps}
            hint={t.daysHint}
            problem={wrong ? shared.daysWrong : undefined}
            inputMode="numeric"
            value={days}
            onChange={(event) => setDays(event.target.value)}
          />
        </div>
        {problem !== undefined && <Notice kind="bad">{problem}</Notice>}
        <div>
          <Button type="submit" busy={busy} disabled={wrong}>
            {t.make}
          </Button>
        </div>
      </form>
    </Card>
  );
}
