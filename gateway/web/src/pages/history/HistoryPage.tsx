import { useState } from 'react';
import { api, of, type Schema } from '../../api/client';
import { explain } from '../../api/explain';
import { useQuery } from '../../api/useQuery';
import { Page } from '../../app/Page';
import { paths } from '../../app/paths';
import { Button, Card, Field, LinkButton, Notice, SkeletonLines } from '../../design';
import { clock, dateTime } from '../../i18n/format';
import { defineTexts, useTexts } from '../../i18n/texts';
import { session } from '../../session/session';
import css from '../form.module.css';

const texts = defineTexts(
  {
    title: 'Your calls',
    loading: 'Loading your calls',
    again: 'Try again',
    empty: 'You have not talked to anybody yet.',
    meet: 'Meet somebody',
    search: 'Search in names and messages',
    nothing: 'Nothing fits among the calls that are shown.',
    more: 'Show older calls',
    lasted: (time: string) => `${time} min`,
    noMessages: 'No messages',
    messages: 'Messages',
    you: 'You',
    system: 'Notice',
    shared: 'shared',
  },
  {
    de: {
      title: 'Deine Gespräche',
      loading: 'Gespräche werden geladen',
      again: 'Noch einmal',
      empty: 'Du hast noch mit niemandem gesprochen.',
      meet: 'Jemanden treffen',
      search: 'In Namen und Nachrichten suchen',
      nothing: 'In den gezeigten Gesprächen passt nichts.',
      more: 'Ältere Gespräche zeigen',
      lasted: (time: string) => `${time} min`,
      noMessages: 'Keine Nachrichten',
      messages: 'Nachrichten',
      you: 'Du',
      system: 'Hinweis',
      shared: 'geteilt',
    },
  },
);

type Talk = Schema<'History'>['history'][number];

const PAGE = 20;

/** What somebody wrote or shared, as one text. */
function said(message: Schema<'Message'>): string {
  return message.type === 'social'
    ? Object.entries(message.socials ?? {})
        .map(([network, handle]) => `${network}: ${handle}`)
        .join(', ')
    : (message.text ?? '');
}

/** Whether a call has the words in its partner's name or in what was said. */
export function fits(talk: Talk, words: string): boolean {
  const wanted = words.trim().toLocaleLowerCase();
  return [talk.partnerName, ...talk.messages.map(said)].some((text) => text.toLocaleLowerCase().includes(wanted));
}

export default function HistoryPage() {
  const t = useTexts(texts);
  const [words, setWords] = useState('');
  const [older, setOlder] = useState<readonly Talk[]>([]);
  const [ended, setEnded] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const first = useQuery((signal) => of(api.GET('/room/history', { params: { query: { limit: PAGE } }, signal })));
  const talks = [...(first.data?.history ?? []), ...older];
  const shown = talks.filter((talk) => fits(talk, words));
  const last = talks.at(-1);
  const whole = ended || (first.data !== undefined && first.data.history.length < PAGE);

  const more = async () => {
    if (last === undefined) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const { history } = await of(
        api.GET('/room/history', { params: { query: { limit: PAGE, before: last.startedAt } } }),
      );
      setOlder([...older, ...history]);
      setEnded(history.length < PAGE);
    } catch (cause) {
      setProblem(explain(cause));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Page title={t.title}>
      {first.error && (
        <Notice kind="bad" action={<Button onClick={first.reload}>{t.again}</Button>}>
          {explain(first.error)}
        </Notice>
      )}
      {first.data === undefined && first.loading && <SkeletonLines label={t.loading} lines={4} />}
      {first.data !== undefined && talks.length === 0 && (
        <Notice action={<LinkButton to={paths.reel}>{t.meet}</LinkButton>}>{t.empty}</Notice>
      )}
      {talks.length > 0 && (
        <Field label={t.search} type="search" value={words} onChange={(event) => setWords(event.target.value)} />
      )}
      {talks.length > 0 && shown.length === 0 && <p role="status">{t.nothing}</p>}
      <ul className={css['list']}>
        {shown.map((talk) => (
          <li key={talk.sessionId}>
            <Card>
              <h2 dir="auto">{talk.partnerName}</h2>
              <p>
                {dateTime(talk.startedAt)} · {t.lasted(clock(talk.duration))}
              </p>
              {talk.messages.length === 0 ? <p>{t.noMessages}</p> : <Messages talk={talk} />}
            </Card>
          </li>
        ))}
      </ul>
      {problem !== undefined && <Notice kind="bad">{problem}</Notice>}
      {talks.length > 0 && !whole && (
        <div>
          <Button look="secondary" busy={busy} onClick={() => void more()}>
            {t.more}
          </Button>
        </div>
      )}
    </Page>
  );
}

function Messages({ talk }: { readonly talk: Talk }) {
  const t = useTexts(texts);
  const own = session.get()?.userId;
  return (
    <details>
      <summary>
        {t.messages} ({talk.messages.length})
      </summary>
      <ul className={css['list']}>
        {talk.messages.map((message, index) => (
          <li key={`${message.timestamp}-${index}`} dir="auto">
            <strong>
              {message.from === own ? t.you : message.from === 'system' ? t.system : talk.partnerName}
              {message.type === 'social' && ` (${t.shared})`}
              {': '}
            </strong>
            {said(message)}
          </li>
        ))}
      </ul>
    </details>
  );
}
