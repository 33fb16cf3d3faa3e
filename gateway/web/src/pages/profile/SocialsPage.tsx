import { type FormEvent, useEffect, useState } from 'react';
import { api, of } from '../../api/client';
import { explain } from '../../api/explain';
import { useQuery } from '../../api/useQuery';
import { Page } from '../../app/Page';
import { Button, Field, Notice, SkeletonLines } from '../../design';
import { defineTexts, useTexts } from '../../i18n/texts';
import css from '../form.module.css';

const texts = defineTexts(
  {
    title: 'Your other networks',
    why: 'In a call you can share these with one press. Nobody sees them before.',
    loading: 'Loading what you have saved',
    again: 'Try again',
    save: 'Save',
    saved: 'Saved.',
  },
  {
    de: {
      title: 'Deine anderen Netzwerke',
      why: 'In einem Gespräch kannst du sie mit einem Druck teilen. Vorher sieht sie niemand.',
      loading: 'Es wird geladen, was du gespeichert hast',
      again: 'Noch einmal',
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
  const [state, setState] = useState<'asking' | 'busy' | 'saved'>('asking');
  const [problem, setProblem] = useState<string>();
  const kept = me.data?.socials;
  useEffect(() => {
    if (kept !== undefined) setHandles(kept);
  }, [kept]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (state === 'busy') return;
    setState('busy');
    setProblem(undefined);
    try {
      const filled = Object.entries(handles)
        .map(([network, handle]) => [network, handle.trim()] as const)
        .filter(([, handle]) => handle !== '');
      const { user } = await of(api.PUT('/user/me', { body: { socials: Object.fromEntries(filled) } }));
      setHandles(user.socials);
      setState('saved');
    } catch (cause) {
      setProblem(explain(cause));
      setState('asking');
    }
  };

  return (
    <Page title={t.title}>
      <p>{t.why}</p>
      {me.error && (
        <Notice kind="bad" action={<Button onClick={me.reload}>{t.again}</Button>}>
          {explain(me.error)}
        </Notice>
      )}
      {me.data === undefined ? (
        me.loading && <SkeletonLines label={t.loading} lines={5} />
      ) : (
        <form className={css['form']} onSubmit={(event) => void submit(event)}>
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
                setState('asking');
              }}
            />
          ))}
          {problem !== undefined && <Notice kind="bad">{problem}</Notice>}
          {state === 'saved' && <Notice kind="good">{t.saved}</Notice>}
          <div className={css['row']}>
            <Button type="submit" busy={state === 'busy'}>
              {t.save}
            </Button>
          </div>
        </form>
      )}
    </Page>
  );
}
