import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { api, of, type Schema } from '../../api/client';
import { explain } from '../../api/explain';
import { ApiError } from '../../api/refusal';
import { useQuery } from '../../api/useQuery';
import { legalPath, paths } from '../../app/paths';
import { appTexts } from '../../app/texts';
import { Button, Checkbox, Field, Notice, Select } from '../../design';
import { Form } from '../../forms/Form';
import { useTexts } from '../../i18n/texts';
import { signIn } from '../../session/session';
import css from '../form.module.css';
import { onboardingTexts } from './texts';

const GENDERS = ['unspecified', 'female', 'male', 'nonbinary'] as const;

/** Because of the code that somebody came with, and not of his network. */
function isCodeRefused(cause: unknown): boolean {
  return cause instanceof ApiError && cause.body['requiresPayment'] === true;
}

/** The account begins here. */
export function NameStep() {
  const t = useTexts(onboardingTexts);
  const app = useTexts(appTexts);
  const [query] = useSearchParams();
  const referralCode = query.get('ref');
  const [inviteCode, setInviteCode] = useState(query.get('inviteCode'));
  const [name, setName] = useState('');
  const [gender, setGender] = useState<Schema<'Gender'>>('unspecified');
  const [consent, setConsent] = useState(false);
  const [asked, setAsked] = useState(false);
  const [codeRefused, setCodeRefused] = useState(false);
  const link = useQuery(
    async (signal) =>
      referralCode === null
        ? null
        : of(api.GET('/referral/info/{code}', { params: { path: { code: referralCode } }, signal })),
    [referralCode],
  );

  const begin = async () => {
    setAsked(true);
    if (name.trim() === '' || !consent) return;
    try {
      const begun = await of(api.POST('/auth/guest', { body: { name: name.trim(), gender, referralCode, inviteCode } }));
      signIn({ token: begun.sessionToken, userId: begun.userId, accountType: 'guest' });
    } catch (cause) {
      if (isCodeRefused(cause)) setCodeRefused(true);
      throw cause;
    }
  };
  const why = (cause: unknown) => (isCodeRefused(cause) ? undefined : explain(cause));

  return (
    <Form
      submit={t.goOn}
      onSubmit={begin}
      why={why}
      noValidate
      actions={<Link to={{ pathname: paths.login, search: query.toString() }}>{t.haveAccount}</Link>}
    >
      {inviteCode !== null && !codeRefused && <Notice kind="good">{t.withCode}</Notice>}
      {link.data && <Notice>{t.meets(link.data.targetUserName, link.data.introducedBy)}</Notice>}
      <Field
        label={t.name}
        value={name}
        onChange={(event) => setName(event.target.value)}
        autoComplete="nickname"
        maxLength={100}
        problem={asked && name.trim() === '' ? t.nameMissing : undefined}
      />
      <Select label={t.gender} value={gender} onChange={(event) => setGender(event.target.value as Schema<'Gender'>)}>
        {GENDERS.map((one) => (
          <option key={one} value={one}>
            {t[one]}
          </option>
        ))}
      </Select>
      <Checkbox
        label={t.consent}
        checked={consent}
        onChange={(event) => setConsent(event.target.checked)}
        problem={asked && !consent ? t.consentMissing : undefined}
      />
      <ul className={css['row']} aria-label={t.toRead}>
        {(['terms', 'privacy', 'community'] as const).map((document) => (
          <li key={document}>
            {/* In a window of its own: what was typed here stays. */}
            <a href={legalPath(document)} target="_blank" rel="noopener">
              {app[document]}
            </a>
          </li>
        ))}
      </ul>
      {codeRefused && (
        <Notice
          kind="bad"
          action={
            <Button
              look="secondary"
              onClick={() => {
                setInviteCode(null);
                setCodeRefused(false);
              }}
            >
              {t.withoutCode}
            </Button>
          }
        >
          {t.codeRefused}
        </Notice>
      )}
    </Form>
  );
}
