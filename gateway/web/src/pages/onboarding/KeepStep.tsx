import { type FormEvent, useState } from 'react';
import { api, of } from '../../api/client';
import { explain } from '../../api/explain';
import { Button, Field, Notice } from '../../design';
import { useTexts } from '../../i18n/texts';
import { session, signIn } from '../../session/session';
import css from '../form.module.css';
import { onboardingTexts } from './texts';

/** An e-mail address and a password for whoever wants to come back. */
export function KeepStep({ onDone, onSkip }: { readonly onDone: () => void; readonly onSkip?: () => void }) {
  const t = useTexts(onboardingTexts);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const current = session.get();
    if (busy || current === null) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await of(api.POST('/auth/link', { body: { sessionToken: current.token, email: email.trim(), password } }));
      signIn({ ...current, accountType: 'permanent' });
      onDone();
    } catch (cause) {
      setProblem(explain(cause));
      setBusy(false);
    }
  };

  return (
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
        hint={t.passwordHint}
        type="password"
        autoComplete="new-password"
        required
        minLength={8}
        maxLength={128}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      {problem !== undefined && <Notice kind="bad">{problem}</Notice>}
      <div className={css['row']}>
        <Button type="submit" busy={busy}>
          {t.keepIt}
        </Button>
        {onSkip && (
          <Button look="quiet" onClick={onSkip}>
            {t.skip}
          </Button>
        )}
      </div>
    </form>
  );
}
