import { useState } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { of } from '../../api/client';
import { explain } from '../../api/explain';
import { ApiError } from '../../api/refusal';
import { Page } from '../../app/Page';
import { useStore } from '../../app/store';
import { Button, Card, Field, Notice } from '../../design';
import { PasswordField } from '../../forms/credentials';
import { Form } from '../../forms/Form';
import { useAttempt } from '../../forms/useAttempt';
import { useTexts } from '../../i18n/texts';
import { session } from '../../session/session';
import { admin, ended, enter } from './admin';
import { desk } from './client';
import { nextOf } from './next';
import { consoleTexts } from './texts';

function refusedWith(cause: unknown, unknown: string): string {
  return cause instanceof ApiError && cause.status === 401 ? unknown : explain(cause);
}

export default function ConsoleLoginPage() {
  const t = useTexts(consoleTexts);
  const [query] = useSearchParams();
  const inside = useStore(admin) !== null;
  const over = useStore(ended);
  const own = useStore(session);
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const comingIn = useAttempt((cause) => refusedWith(cause, t.notAdmin));
  if (inside) return <Navigate to={nextOf(query)} replace />;

  const knock = async () => {
    const opened = await of(desk.POST('/admin/login', { body: { username: username.trim(), password } }));
    enter({ token: opened.adminToken, username: opened.username, door: true });
  };
  const comeInWith = async (token: string) => {
    const headers = { authorization: `Bearer ${token}` };
    const verified = await of(desk.GET('/admin/verify', { headers }));
    enter({ token, username: verified.username, door: false });
  };

  return (
    <Page title={t.loginTitle}>
      <p>{t.loginWhy}</p>
      {over && <Notice kind="warn">{t.ended}</Notice>}
      <Form submit={t.signIn} onSubmit={knock} why={(cause) => refusedWith(cause, t.wrong)}>
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
        <PasswordField value={password} onChange={setPassword} />
      </Form>
      {own !== null && (
        <Card>
          <p>{t.ownWhy}</p>
          {comingIn.problem !== undefined && <Notice kind="bad">{comingIn.problem}</Notice>}
          <div>
            <Button
              look="secondary"
              busy={comingIn.busy}
              onClick={() => void comingIn.attempt(() => comeInWith(own.token))}
            >
              {t.own}
            </Button>
          </div>
        </Card>
      )}
    </Page>
  );
}
