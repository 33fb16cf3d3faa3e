import type { ReactNode } from 'react';
import { api, of, type Schema } from '../../api/client';
import { explain } from '../../api/explain';
import { Badge, Card, Notice, SkeletonLines } from '../../design';
import { dateTime, number } from '../../i18n/format';
import { useLanguage } from '../../i18n/language';
import { useTexts } from '../../i18n/texts';
import { desk } from './client';
import css from './console.module.css';
import { liveTexts } from './liveTexts';
import { wordOf } from './peopleTexts';
import { consoleTexts } from './texts';
import { type Polled, usePolled } from './usePolled';

// What is asked for is five seconds old anyway.
const LIVE_MS = 10_000;
const SLOW_MS = 30_000;

/** What goes on now, and what became of the last hour. */
export function LiveTab() {
  const live = usePolled((signal) => of(desk.GET('/admin/live', { signal })), LIVE_MS);
  const moderation = usePolled((signal) => of(desk.GET('/report/stats', { signal })), SLOW_MS);
  return (
    <>
      <Known polled={live}>{(data) => <Now live={data} />}</Known>
      <Known polled={moderation}>{(data) => <Moderation stats={data} />}</Known>
      {live.data !== undefined && <LastHour lastHour={live.data.lastHour} />}
      <Services />
    </>
  );
}

/** What is known, with why nothing newer is. */
function Known<T>({ polled, children }: { readonly polled: Polled<T>; readonly children: (data: T) => ReactNode }) {
  const t = useTexts(consoleTexts);
  return (
    <>
      {polled.error !== undefined && <Notice kind="bad">{explain(polled.error)}</Notice>}
      {polled.data === undefined && polled.error === undefined && <SkeletonLines label={t.loading} />}
      {polled.data !== undefined && children(polled.data)}
    </>
  );
}

function Numbers({ label, all }: { readonly label: string; readonly all: readonly (readonly [string, string])[] }) {
  return (
    <dl className={css['numbers']} aria-label={label}>
      {all.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Now({ live }: { readonly live: Schema<'Live'> }) {
  const t = useTexts(liveTexts);
  const names = ['online', 'available', 'inCall', 'calls', 'grace'] as const;
  return (
    <section className={css['text']}>
      <h2>{t.now}</h2>
      <Numbers label={t.now} all={names.map((name) => [t[name], number(live[name])])} />
      <p className={css['soft']}>{t.asOf(dateTime(live.timestamp))}</p>
    </section>
  );
}

function Moderation({ stats }: { readonly stats: Schema<'ReportStats'> }) {
  const t = useTexts(liveTexts);
  const names = [
    'pendingReviews',
    'appeals',
    'totalReports',
    'temporaryBans',
    'permanentBans',
    'vindicated',
    'totalBans',
    'ipBans',
  ] as const;
  return (
    <section className={css['text']}>
      <h2>{t.moderation}</h2>
      <Numbers label={t.moderation} all={names.map((name) => [t[name], number(stats[name])])} />
    </section>
  );
}

function share(part: number | null, unknown: string, language: string): string {
  return part === null ? unknown : new Intl.NumberFormat(language, { style: 'percent' }).format(part);
}

function LastHour({ lastHour }: { readonly lastHour: Schema<'Live'>['lastHour'] }) {
  const t = useTexts(liveTexts);
  const language = useLanguage();
  return (
    <section className={css['text']}>
      <h2>{t.lastHour}</h2>
      <Numbers
        label={t.lastHour}
        all={[
          [t.connectSuccess, share(lastHour.connectSuccess, t.notYet, language)],
          [t.turnShare, share(lastHour.turnShare, t.notYet, language)],
        ]}
      />
      <div className={css['columns']}>
        <Counts title={t.invites} group="invite" counts={lastHour.invites} />
        <Counts title={t.ofCalls} group="call" counts={lastHour.calls} />
      </div>
    </section>
  );
}

/** In the order in which the texts name them, which is that of what happens; what they do not know comes last. */
function inOrder(group: string, counts: Readonly<Record<string, number>>, texts: readonly string[]) {
  const place = (name: string) => {
    const index = texts.indexOf(`${group}_${name.replaceAll('-', '_')}`);
    return index < 0 ? texts.length : index;
  };
  return Object.entries(counts).sort(([one], [other]) => place(one) - place(other));
}

interface CountsProps {
  readonly title: string;
  readonly group: string;
  readonly counts: Readonly<Record<string, number>>;
}

function Counts({ title, group, counts }: CountsProps) {
  const t = useTexts(liveTexts);
  const all = inOrder(group, counts, Object.keys(t));
  return (
    <Card>
      <h3>{title}</h3>
      {all.length === 0 ? (
        <p>{t.nothing}</p>
      ) : (
        <dl className={css['facts']}>
          {all.map(([name, count]) => (
            <div key={name}>
              <dt>{wordOf(t, group, name)}</dt>
              <dd>{number(count)}</dd>
            </div>
          ))}
        </dl>
      )}
    </Card>
  );
}

/** A service that is not ready is an answer of its own, not a failure to answer. */
async function health(signal: AbortSignal): Promise<Schema<'Health'>> {
  const answer = await api.GET('/health', { signal });
  return answer.response.status === 503 && answer.error !== undefined ? answer.error : of(Promise.resolve(answer));
}

function Services() {
  const t = useTexts(liveTexts);
  const polled = usePolled(health, SLOW_MS);
  return (
    <section className={css['text']}>
      <h2>{t.services}</h2>
      <Known polled={polled}>
        {({ services, connections }) => (
          <>
            <dl className={css['facts']}>
              {Object.entries(services).map(([name, { status }]) => (
                <div key={name}>
                  <dt>{wordOf(t, 'service', name)}</dt>
                  <dd>
                    <Badge>{wordOf(t, 'state', status.replaceAll(' ', '-'))}</Badge>
                  </dd>
                </div>
              ))}
            </dl>
            <p className={css['soft']}>{t.connections(number(connections.total), number(connections.limit))}</p>
          </>
        )}
      </Known>
    </section>
  );
}
