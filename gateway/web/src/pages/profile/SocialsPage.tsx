import { useEffect, useState } from 'react';
import { api, of } from '../../api/client';
import { useQuery } from '../../api/useQuery';
import { Waiting } from '../../api/Waiting';
import { Page } from '../../app/Page';
import { Field, Notice } from '../../design';
import { Form } from '../../forms/Form';
import { defineTexts, useTexts } from '../../i18n/texts';

const texts = defineTexts(
  {
    title: 'Your other networks',
    why: 'In a call you can share these with one press. Nobody sees them before.',
    loading: 'Loading what you have saved',
    save: 'Save',
    saved: 'Saved.',
  },
  {
    de: {
      title: 'Deine anderen Netzwerke',
      why: 'In einem Gespräch kannst du sie mit einem Druck teilen. Vorher sieht sie niemand.',
      loading: 'Es wird geladen, was du gespeichert hast',
      save: 'Speichern',
      saved: 'Gespeichert.',
    },
  },
);

const NETWORKS = { instagram: 'Instagram', tiktok: 'TikTok', twitter: 'X', snapchat: 'Snapchat', discord: 'Discord' };

export default function SocialsPage() {
  const t = useTexts(texts);
  const me = useQuery((signal) => of(api.GET('/user/me', { signal })));
  const [handles, setHandles] = useState<Record<string, string>>({});
  const [saved, setSaved] = useState(false);
  const kept = me.data?.socials;
  useEffect(() => {
    if (kept !== undefined) setHandles(kept);
  }, [kept]);

  const save = async () => {
    setSaved(false);
    const filled = Object.entries(handles)
      .map(([network, handle]) => [network, handle.trim()] as const)
      .filter(([, handle]) => handle !== '');
    const { user } = await of(api.PUT('/user/me', { body: { socials: Object.fromEntries(filled) } }));
    setHandles(user.socials);
    setSaved(true);
  };

  return (
    <Page title={t.title}>
      <p>{t.why}</p>
      <Waiting asked={me} label={t.loading} lines={5} />
      {me.data !== undefined && (
        <Form submit={t.save} onSubmit={save}>
          {Object.entries(NETWORKS).map(([network, name]) => (
            <Field
              key={network}
              label={name}
              value={handles[network] ?? ''}
              maxLength={64}
              autoCapitalize="none"
              spellCheck={false}
              onChange={(event) => {
                setHandles({ ...handles, [network]: event.target.value });
                setSaved(false);
              }}
            />
          ))}
          {saved && <Notice kind="good">{t.saved}</Notice>}
        </Form>
      )}
    </Page>
  );
}
