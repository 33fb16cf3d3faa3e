import { useState } from 'react';
import { Link, Navigate, useSearchParams } from 'react-router';
import { api, of } from '../../api/client';
import { explain } from '../../api/explain';
import { ApiError } from '../../api/refusal';
import { Page } from '../../app/Page';
import { paths } from '../../app/paths';
import { useStore } from '../../app/store';
import { Card } from '../../design';
import { EmailField, PasswordField } from '../../forms/credentials';
import { Form } from '../../forms/Form';
import { useTexts } from '../../i18n/texts';
import { AppealForm } from '../../notices/AppealForm';
import { session, signIn } from '../../session/session';
import { nextOf } from '../onboarding/next';
import { loginTexts } from './texts';

/** Refused as banned, with a standing of the account; that of a network has none, and no appeal. */
function isSuspended(cause: unknown): boolean {
  return cause instanceof ApiError && cause.status === 403 && cause.body['banStatus'] !== undefined;
}

export default function LoginPage() {
  const t = useTexts(loginTexts);
  const [query] = useSearchParams();
  const signedIn = useStore(session) !== null;
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  // Whoever was refused as banned, as he wrote it: the fields may change before he has appealed.
  const [suspended, setSuspended] = useState<{ readonly email: string; readonly password: string }>();
  if (signedIn) return <Navigate to={nextOf(query)} replace />;

  const logIn = async () => {
    const body = { email: email.trim(), password };
    setSuspended(undefined);
    try {
      const { sessionToken, userId } = await of(api.POST('/auth/login', { body }));
      signIn({ token: sessionToken, userId, accountType: 'permanent' });
    } catch (cause) {
      if (isSuspended(cause)) setSuspended(body);
      throw cause;
    }
  };
  const why = (cause: unknown) => {
    if (isSuspended(cause)) return undefined;
    return cause instanceof ApiError && cause.status === 401 ? t.wrong : explain(cause);
  };

  return (
    <Page title={t.title}>
      <Form
        submit={t.logIn}
        onSubmit={logIn}
        why={why}
        actions={
          <>
            <Link to={paths.forgotPassword}>{t.forgot}</Link>
            <Link to={{ pathname: paths.onboarding, search: query.toString() }}>{t.begin}</Link>
          </>
        }
      >
        <EmailField value={email} onChange={setEmail} />
        <PasswordField value={password} onChange={setPassword} />
      </Form>
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
