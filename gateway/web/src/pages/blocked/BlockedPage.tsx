import { useState } from 'react';
import { api, of, type Schema } from '../../api/client';
import { More } from '../../api/More';
import { usePages } from '../../api/usePages';
import { Waiting } from '../../api/Waiting';
import { Page } from '../../app/Page';
import { Button, Card, Notice, Person } from '../../design';
import { useAttempt } from '../../forms/useAttempt';
import { date } from '../../i18n/format';
import { isolate } from '../../i18n/isolate';
import { defineTexts, useTexts } from '../../i18n/texts';
import css from '../form.module.css';

const texts = defineTexts(
  {
    title: 'Blocked people',
    why: 'You and these people do not see each other. They are not told who blocked them. Whoever you reported stays hidden without being in this list.',
    loading: 'Loading whom you blocked',
    empty: 'You have blocked nobody.',
    since: (day: string) => `Blocked on ${day}`,
    free: 'You can see each other again.',
    unblock: 'Unblock',
    unblockWhom: (name: string) => `Unblock ${isolate(name)}`,
    block: 'Block again',
    blockWhom: (name: string) => `Block again: ${isolate(name)}`,
    more: 'Show more',
  },
  {
    de: {
      title: 'Blockierte Leute',
      why: 'Du und diese Leute seht einander nicht. Sie erfahren nicht, wer sie blockiert hat. Wen du gemeldet hast, der bleibt verborgen, ohne in dieser Liste zu stehen.',
      loading: 'Es wird geladen, wen du blockiert hast',
      empty: 'Du hast niemanden blockiert.',
      since: (day) => `Blockiert am ${day}`,
      free: 'Ihr könnt einander wieder sehen.',
      unblock: 'Freigeben',
      unblockWhom: (name) => `${isolate(name)} freigeben`,
      block: 'Wieder blockieren',
      blockWhom: (name) => `${isolate(name)} wieder blockieren`,
      more: 'Mehr zeigen',
    },
  },
);

const PART = 50;

export default function BlockedPage() {
  const t = useTexts(texts);
  const blocked = usePages(async (before, signal) => {
    const query = { limit: PART, ...(before === null ? {} : { before }) };
    const { blocks, next } = await of(api.GET('/user/blocks', { params: { query }, signal }));
    return { entries: blocks, next };
  });
  return (
    <Page title={t.title}>
      <p>{t.why}</p>
      <Waiting asked={blocked} label={t.loading} />
      {blocked.data?.length === 0 && <Notice>{t.empty}</Notice>}
      {blocked.data !== undefined && blocked.data.length > 0 && (
        <Card>
          <ul className={css['rows']}>
            {blocked.data.map((one) => (
              <li key={one.userId}>
                <Blocked person={one} />
              </li>
            ))}
          </ul>
        </Card>
      )}
      <More pages={blocked}>{t.more}</More>
    </Page>
  );
}

/** Stays in the list when the block is taken back, so that a slip of the finger can be undone. */
function Blocked({ person }: { readonly person: Schema<'BlockEntry'> }) {
  const t = useTexts(texts);
  const [blocked, setBlocked] = useState(true);
  const { busy, problem, attempt } = useAttempt();
  const { userId, name } = person;
  const change = async () => {
    if (blocked) await of(api.DELETE('/user/blocks/{userId}', { params: { path: { userId } } }));
    else await of(api.POST('/user/blocks', { body: { userId, endCall: false } }));
    setBlocked(!blocked);
  };
  return (
    <>
      <Person
        name={name}
        selfieUrl={person.selfieUrl}
        actions={
          <Button
            look="secondary"
            busy={busy}
            aria-label={blocked ? t.unblockWhom(name) : t.blockWhom(name)}
            onClick={() => void attempt(change)}
          >
            {blocked ? t.unblock : t.block}
          </Button>
        }
      >
        <p role="status">{blocked ? t.since(date(person.blockedAt)) : t.free}</p>
      </Person>
      {problem !== undefined && <Notice kind="bad">{problem}</Notice>}
    </>
  );
}
