import { type FormEvent, useState } from 'react';
import { Link, Navigate, useSearchParams } from 'react-router';
import { api, of } from '../../api/client';
import { explain } from '../../api/explain';
import { ApiError } from '../../api/refusal';
import { Page } from '../../app/Page';
import { paths } from '../../app/paths';
import { useStore } from '../../app/store';
import { Button, Field, Notice } from '../../design';
import { useTexts } from '../../i18n/texts';
import { session, signIn } from '../../session/session';
import css from '../form.module.css';
import { nextOf } from '../onboarding/next';
import { loginTexts } from './texts';

export default function LoginPage() {
  const t = useTexts(loginTexts);
  const [query] = useSearchParams();
  const signedIn = useStore(session) !== null;
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  if (signedIn) return <Navigate to={nextOf(query)} replace />;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const { sessionToken, userId } = await of(api.POST('/auth/login', { body: { email: email.trim(), password } }));
      signIn({ token: sessionToken, userId, accountType: 'permanent' });
    } catch (cause) {
      const status = cause instanceof ApiError ? cause.status : 0;
      setProblem(status === 401 ? t.wrong : status === 403 ? t.suspended : explain(cause));
      setBusy(false);
    }
  };

  return (
    <Page title={t.title}>
      <form className={css['form']} onSubmit={(event) => void submit(event)}>
        <Field
          label={t.email}
          type="email"
          autoComplete="email"
          required
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <Field
          label={t.password}
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        {problem !== undefined && <Notice kind="bad">{problem}</Notice>}
        <div className={css['row']}>
          <Button type="submit" busy={busy}>
            {t.logIn}
          </Button>
          <Link to={paths.forgotPassword}>{t.forgot}</Link>
          <Link to={paths.onboarding}>{t.begin}</Link>
        </div>
      </form>
    </Page>
  );
}
