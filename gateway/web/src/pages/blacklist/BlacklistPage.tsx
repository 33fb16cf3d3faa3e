import { useState } from 'react';
import { api, of } from '../../api/client';
import { More } from '../../api/More';
import { usePages } from '../../api/usePages';
import { Waiting } from '../../api/Waiting';
import { Page } from '../../app/Page';
import { Card, Field, Notice, Person } from '../../design';
import { date } from '../../i18n/format';
import { isolate } from '../../i18n/isolate';
import { defineTexts, plural, useTexts } from '../../i18n/texts';
import css from '../form.module.css';
import own from './blacklist.module.css';

const texts = defineTexts(
  {
    title: 'Banned people',
    why: 'People whom one of us has banned for good, after looking at their case. Whoever was suspended for some time is not here.',
    loading: 'Loading the list',
    count: (count: number) => plural('en', count, '1 person', `${count} people`),
    empty: 'Nobody is banned for good.',
    search: 'Search by name',
    nothing: 'Nobody with this name is among those that are shown.',
    since: (day: string) => `Banned on ${day}`,
    reports: (count: number) => plural('en', count, '1 report', `${count} reports`),
    video: 'Video',
    videoOf: (name: string) => `Video of ${name}`,
    more: 'Show older ones',
  },
  {
    de: {
      title: 'Gesperrte Personen',
      why: 'Leute, die jemand von uns für immer gesperrt hat, nachdem ihr Fall angesehen wurde. Wer nur eine Weile gesperrt war, steht nicht hier.',
      loading: 'Liste wird geladen',
      count: (count) => plural('de', count, '1 Person', `${count} Leute`),
      empty: 'Niemand ist für immer gesperrt.',
      search: 'Nach Namen suchen',
      nothing: 'Unter denen, die gezeigt werden, heißt niemand so.',
      since: (day) => `Gesperrt am ${day}`,
      reports: (count) => plural('de', count, '1 Meldung', `${count} Meldungen`),
      video: 'Video',
      videoOf: (name) => `Video von ${name}`,
      more: 'Ältere zeigen',
    },
  },
);

const PART = 50;

/** For everybody, signed in or not. */
export default function BlacklistPage() {
  const t = useTexts(texts);
  const [words, setWords] = useState('');
  const banned = usePages(async (before, signal) => {
    const query = { limit: PART, ...(before === null ? {} : { before }) };
    const { blacklist, next } = await of(api.GET('/report/blacklist', { params: { query }, signal }));
    return { entries: blacklist, next };
  });
  const known = banned.data ?? [];
  const wanted = words.trim().toLocaleLowerCase();
  const shown = known.filter(({ userName }) => userName.toLocaleLowerCase().includes(wanted));
  return (
    <Page title={t.title}>
      <p>{t.why}</p>
      <Waiting asked={banned} label={t.loading} />
      {banned.data?.length === 0 && <Notice kind="good">{t.empty}</Notice>}
      {known.length > 0 && (
        <Field label={t.search} type="search" value={words} onChange={(event) => setWords(event.target.value)} />
      )}
      {known.length > 0 && <p role="status">{shown.length === 0 ? t.nothing : t.count(shown.length)}</p>}
      {shown.length > 0 && (
        <Card>
          <ul className={css['rows']}>
            {shown.map((one) => (
              <li key={`${one.bannedAt} ${one.userName}`}>
                <Person name={one.userName} selfieUrl={one.userSelfie}>
                  <p dir="auto">{one.bannedReason}</p>
                  <p>
                    {t.since(date(one.bannedAt))} · {t.reports(one.reportCount)}
                  </p>
                  {one.userVideo !== undefined && (
                    <details>
                      <summary>{t.video}</summary>
                      <video
                        className={own['video']}
                        src={one.userVideo}
                        aria-label={t.videoOf(isolate(one.userName))}
                        controls
                        preload="none"
                        playsInline
                      />
                    </details>
                  )}
                </Person>
              </li>
            ))}
          </ul>
        </Card>
      )}
      <More pages={banned}>{t.more}</More>
    </Page>
  );
}
