import { useState } from 'react';
import { of } from '../../api/client';
import { Card, Field } from '../../design';
import { Form } from '../../forms/Form';
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
  const whole = daysOf(days);
  const wrong = days.trim() !== '' && whole === undefined;

  const make = async () => {
    if (wrong) return;
    const body = {
      ...(label.trim() === '' ? {} : { label: label.trim() }),
      ...(whole === undefined ? {} : { expiresAt: inDays(whole) }),
    };
    const { code } = await of(desk.POST('/payment/admin/generate-code', { body }));
    setLabel('');
    setDays('');
    onMade(code);
  };

  return (
    <Card>
      <h2>{t.newCode}</h2>
      <Form submit={t.make} onSubmit={make}>
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
      </Form>
    </Card>
  );
}
