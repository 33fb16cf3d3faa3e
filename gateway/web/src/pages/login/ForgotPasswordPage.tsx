import { useState } from 'react';
import { api, of } from '../../api/client';
import { Page } from '../../app/Page';
import { Notice } from '../../design';
import { EmailField } from '../../forms/credentials';
import { Form } from '../../forms/Form';
import { useTexts } from '../../i18n/texts';
import { loginTexts } from './texts';

export default function ForgotPasswordPage() {
  const t = useTexts(loginTexts);
  const [email, setEmail] = useState('');
  const [sent, setSent] = useState(false);
  const send = async () => {
    await of(api.POST('/auth/password/reset-request', { body: { email: email.trim() } }));
    setSent(true);
  };
  return (
    <Page title={t.forgotTitle}>
      {sent ? (
        <Notice kind="good">{t.sent}</Notice>
      ) : (
        <Form submit={t.send} onSubmit={send}>
          <p>{t.forgotWhy}</p>
          <EmailField value={email} onChange={setEmail} />
        </Form>
      )}
    </Page>
  );
}
