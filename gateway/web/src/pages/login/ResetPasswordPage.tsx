import { type FormEvent, useState } from 'react';
import { api, of } from '../../api/client';
import { explain } from '../../api/explain';
import { ApiError } from '../../api/refusal';
import { Page } from '../../app/Page';
import { paths } from '../../app/paths';
import { Button, Field, LinkButton, Notice } from '../../design';
import { useTexts } from '../../i18n/texts';
import css from '../form.module.css';
import { loginTexts } from './texts';

export default function ResetPasswordPage() {
  const t = useTexts(loginTexts);
  // Behind the #, where it reaches no server's log.
  const [token] = useState(() => new URLSearchParams(location.hash.slice(1)).get('token') ?? '');
  const [password, setPassword] = useState('');
  const [state, setState] = useState<'asking' | 'busy' | 'set'>('asking');
  const [problem, setProblem] = useState<string | undefined>(token === '' ? t.noToken : undefined);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (state === 'busy' || token === '') return;
    setState('busy');
    setProblem(undefined);
    try {
      await of(api.POST('/auth/password/reset', { body: { token, newPassword: password } }));
      setState('set');
    } catch (cause) {
      setProblem(cause instanceof ApiError && cause.status === 410 ? t.used : explain(cause));
      setState('asking');
    }
  };

  return (
    <Page title={t.resetTitle}>
      {problem !== undefined && <Notice kind="bad">{problem}</Notice>}
      {state === 'set' ? (
        <Notice kind="good" action={<LinkButton to={paths.login}>{t.logIn}</LinkButton>}>
          {t.isSet}
        </Notice>
      ) : token === '' ? (
        <div>
          <LinkButton to={paths.forgotPassword}>{t.forgotTitle}</LinkButton>
        </div>
      ) : (
        <form className={css['form']} onSubmit={(event) => void submit(event)}>
          <Field
            label={t.newPassword}
            hint={t.passwordHint}
            type="password"
            autoComplete="new-password"
            required
            minLength={8}
            maxLength={128}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          <div className={css['row']}>
            <Button type="submit" busy={state === 'busy'}>
              {t.set}
            </Button>
          </div>
        </form>
      )}
    </Page>
  );
}
