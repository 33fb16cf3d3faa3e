import { type FormEvent, useState } from 'react';
import { api, of } from '../../api/client';
import { explain } from '../../api/explain';
import { Page } from '../../app/Page';
import { Button, Field, Notice } from '../../design';
import { useTexts } from '../../i18n/texts';
import css from '../form.module.css';
import { loginTexts } from './texts';

export default function ForgotPasswordPage() {
  const t = useTexts(loginTexts);
  const [email, setEmail] = useState('');
  const [state, setState] = useState<'asking' | 'busy' | 'sent'>('asking');
  const [problem, setProblem] = useState<string>();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (state === 'busy') return;
    setState('busy');
    setProblem(undefined);
    try {
      await of(api.POST('/auth/password/reset-request', { body: { email: email.trim() } }));
      setState('sent');
    } catch (cause) {
      setProblem(explain(cause));
      setState('asking');
    }
  };

  return (
    <Page title={t.forgotTitle}>
      {state === 'sent' ? (
        <Notice kind="good">{t.sent}</Notice>
      ) : (
        <form className={css['form']} onSubmit={(event) => void submit(event)}>
          <p>{t.forgotWhy}</p>
          <Field
            label={t.email}
            type="email"
            autoComplete="email"
            required
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
          {problem !== undefined && <Notice kind="bad">{problem}</Notice>}
          <div className={css['row']}>
            <Button type="submit" busy={state === 'busy'}>
              {t.send}
            </Button>
          </div>
        </form>
      )}
    </Page>
  );
}
