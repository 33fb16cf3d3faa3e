import { type FormEvent, useState } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { of } from '../../api/client';
import { explain } from '../../api/explain';
import { ApiError } from '../../api/refusal';
import { Page } from '../../app/Page';
import { useStore } from '../../app/store';
import { Button, Card, Field, Notice } from '../../design';
import { useTexts } from '../../i18n/texts';
import { session } from '../../session/session';
import css from '../form.module.css';
import { admin, ended, enter } from './admin';
import { desk } from './client';
import { nextOf } from './next';
import { consoleTexts } from './texts';

export default function ConsoleLoginPage() {
  const t = useTexts(consoleTexts);
  const [query] = useSearchParams();
  const inside = useStore(admin) !== null;
  const over = useStore(ended);
  const own = useStore(session);
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState<'door' | 'own'>();
  const [problem, setProblem] = useState<string>();
  if (inside) return <Navigate to={nextOf(query)} replace />;

  const attempt = async (way: 'door' | 'own', refused: string, work: () => Promise<void>) => {
    if (busy !== undefined) return;
    setBusy(way);
    setProblem(undefined);
    try {
      await work();
    } catch (cause) {
      setProblem(cause instanceof ApiError && cause.status === 401 ? refused : explain(cause));
      setBusy(undefined);
    }
  };
  const knock = (event: FormEvent) => {
    event.preventDefault();
    void attempt('door', t.wrong, async () => {
      const opened = await of(desk.POST('/admin/login', { body: { username: username.trim(), password } }));
      enter({ token: opened.adminToken, username: opened.username, door: true });
    });
  };
  const comeInWith = (token: string) =>
    attempt('own', t.notAdmin, async () => {
      const headers = { authorization: `Bearer ${token}` };
      const verified = await of(desk.GET('/admin/verify', { headers }));
      enter({ token, username: verified.username, door: false });
    });

  return (
    <Page title={t.loginTitle}>
      <p>{t.loginWhy}</p>
      {over && <Notice kind="warn">{t.ended}</Notice>}
      <form className={css['form']} onSubmit={knock}>
        <Field
          label={t.username}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          maxLength={100}
          value={username}
          onChange={(event) => setUsername(event.target.value)}
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
          <Button type="submit" busy={busy === 'door'}>
            {t.signIn}
          </Button>
        </div>
      </form>
      {own !== null && (
        <Card>
          <p>{t.ownWhy}</p>
          <div>
            <Button look="secondary" busy={busy === 'own'} onClick={() => void comeInWith(own.token)}>
              {t.own}
            </Button>
          </div>
        </Card>
      )}
    </Page>
  );
}
