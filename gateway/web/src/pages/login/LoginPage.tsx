import { type FormEvent, useState } from 'react';
import { Link, Navigate, useSearchParams } from 'react-router';
import { api, of } from '../../api/client';
import { explain } from '../../api/explain';
import { ApiError } from '../../api/refusal';
import { Page } from '../../app/Page';
import { paths } from '../../app/paths';
import { useStore } from '../../app/store';
import { Button, Card, Field, Notice } from '../../design';
import { useTexts } from '../../i18n/texts';
import { AppealForm } from '../../notices/AppealForm';
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
  // Whoever was refused as banned, as he wrote it: the fields may change before he has appealed.
  const [suspended, setSuspended] = useState<{ readonly email: string; readonly password: string }>();
  if (signedIn) return <Navigate to={nextOf(query)} replace />;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    setSuspended(undefined);
    const wanted = { email: email.trim(), password };
    try {
      const { sessionToken, userId } = await of(api.POST('/auth/login', { body: wanted }));
      signIn({ token: sessionToken, userId, accountType: 'permanent' });
    } catch (cause) {
      const refusal = cause instanceof ApiError ? cause : undefined;
      // With a standing of the account; that of a network has none, and no appeal.
      if (refusal?.status === 403 && refusal.body['banStatus'] !== undefined) setSuspended(wanted);
      else setProblem(refusal?.status === 401 ? t.wrong : explain(cause));
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
          <Link to={{ pathname: paths.onboarding, search: query.toString() }}>{t.begin}</Link>
        </div>
      </form>
      {suspended !== undefined && (
        <Card>
          <h2>{t.suspended}</h2>
          <AppealForm
            key={suspended.email}
            send={(text) => of(api.POST('/auth/appeal', { body: { ...suspended, text } }))}
          />
        </Card>
      )}
    </Page>
  );
}
