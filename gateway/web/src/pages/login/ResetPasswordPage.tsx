import { useState } from 'react';
import { api, of } from '../../api/client';
import { explain } from '../../api/explain';
import { ApiError } from '../../api/refusal';
import { Page } from '../../app/Page';
import { paths } from '../../app/paths';
import { LinkButton, Notice } from '../../design';
import { NewPasswordField } from '../../forms/credentials';
import { Form } from '../../forms/Form';
import { useTexts } from '../../i18n/texts';
import { loginTexts } from './texts';

export default function ResetPasswordPage() {
  const t = useTexts(loginTexts);
  // Behind the #, where it reaches no server's log.
  const [token] = useState(() => new URLSearchParams(location.hash.slice(1)).get('token') ?? '');
  const [password, setPassword] = useState('');
  const [isSet, setIsSet] = useState(false);
  const reset = async () => {
    await of(api.POST('/auth/password/reset', { body: { token, newPassword: password } }));
    setIsSet(true);
  };
  const why = (cause: unknown) => (cause instanceof ApiError && cause.status === 410 ? t.used : explain(cause));
  if (token === '') {
    return (
      <Page title={t.resetTitle}>
        <Notice kind="bad" action={<LinkButton to={paths.forgotPassword}>{t.forgotTitle}</LinkButton>}>
          {t.noToken}
        </Notice>
      </Page>
    );
  }
  return (
    <Page title={t.resetTitle}>
      {isSet ? (
        <Notice kind="good" action={<LinkButton to={paths.login}>{t.logIn}</LinkButton>}>
          {t.isSet}
        </Notice>
      ) : (
        <Form submit={t.set} onSubmit={reset} why={why}>
          <NewPasswordField label={t.newPassword} value={password} onChange={setPassword} />
        </Form>
      )}
    </Page>
  );
}
