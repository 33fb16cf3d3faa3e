import { Field } from '../design';
import { defineTexts, useTexts } from '../i18n/texts';

const texts = defineTexts(
  { email: 'E-mail address', password: 'Password', hint: '8 characters or more' },
  { de: { email: 'E-Mail-Adresse', password: 'Passwort', hint: 'Mindestens 8 Zeichen' } },
);

interface CredentialProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function EmailField({ value, onChange }: CredentialProps) {
  const t = useTexts(texts);
  return (
    <Field
      label={t.email}
      type="email"
      autoComplete="email"
      required
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

/** The one that the account has. */
export function PasswordField({ label, value, onChange }: CredentialProps & { readonly label?: string }) {
  const t = useTexts(texts);
  return (
    <Field
      label={label ?? t.password}
      type="password"
      autoComplete="current-password"
      required
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

/** One that the account is to have; its lengths are the gateway's. */
export function NewPasswordField({ label, value, onChange }: CredentialProps & { readonly label?: string }) {
  const t = useTexts(texts);
  return (
    <Field
      label={label ?? t.password}
      hint={t.hint}
      type="password"
      autoComplete="new-password"
      required
      minLength={8}
      maxLength={128}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
