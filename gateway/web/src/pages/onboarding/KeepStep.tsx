import { useState } from 'react';
import { api, of } from '../../api/client';
import { Button } from '../../design';
import { EmailField, NewPasswordField } from '../../forms/credentials';
import { Form } from '../../forms/Form';
import { useTexts } from '../../i18n/texts';
import { session, signIn } from '../../session/session';
import { onboardingTexts } from './texts';

/** An e-mail address and a password for whoever wants to come back. */
export function KeepStep({ onDone, onSkip }: { readonly onDone: () => void; readonly onSkip?: () => void }) {
  const t = useTexts(onboardingTexts);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');

  const keep = async () => {
    const current = session.get();
    if (current === null) return;
    await of(api.POST('/auth/link', { body: { sessionToken: current.token, email: email.trim(), password } }));
    signIn({ ...current, accountType: 'permanent' });
    onDone();
  };

  return (
    <Form
      submit={t.keepIt}
      onSubmit={keep}
      actions={
        onSkip && (
          <Button look="quiet" onClick={onSkip}>
            {t.skip}
          </Button>
        )
      }
    >
      <EmailField value={email} onChange={setEmail} />
      <NewPasswordField value={password} onChange={setPassword} />
    </Form>
  );
}
