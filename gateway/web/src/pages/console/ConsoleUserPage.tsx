import { useParams } from 'react-router';
import { of, type Schema } from '../../api/client';
import { explain } from '../../api/explain';
import { useQuery } from '../../api/useQuery';
import { consolePath } from '../../app/paths';
import { Button, Card, LinkButton, Notice, SkeletonLines } from '../../design';
import { clock, dateTime } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { AccountCard } from './AccountCard';
import { BanFacts, inForce } from './BanFacts';
import { desk } from './client';
import css from './console.module.css';
import { Decisions } from './Decisions';
import { Desk } from './Desk';
import { PersonLink } from './people';
import { peopleTexts, wordOf } from './peopleTexts';
import { Report } from './Reports';
import { consoleTexts } from './texts';

/** All that is stored of one person, and where he is. */
export default function ConsoleUserPage() {
  const t = useTexts(peopleTexts);
  const { userId = '' } = useParams();
  return (
    <Desk title={t.title}>
      <Person userId={userId} />
    </Desk>
  );
}

function Person({ userId }: { readonly userId: string }) {
  const t = useTexts(peopleTexts);
  const shared = useTexts(consoleTexts);
  const person = useQuery(
    (signal) => of(desk.GET('/admin/users/{userId}', { params: { path: { userId } }, signal })),
    [userId],
  );
  const found = person.data;
  if (found === undefined) {
    return person.error === undefined ? (
      <SkeletonLines label={shared.loading} lines={8} />
    ) : (
      <Notice kind="bad" action={<Button onClick={person.reload}>{shared.again}</Button>}>
        {explain(person.error)}
      </Notice>
    );
  }
  return (
    <>
      {person.error !== undefined && <Notice kind="bad">{explain(person.error)}</Notice>}
      <AccountCard found={found} onChanged={person.reload} />
      <Card>
        <h2>{t.ban}</h2>
        {found.ban === null ? (
          <p>{t.neverBanned}</p>
        ) : (
          <div className={css['text']}>
            <BanFacts ban={found.ban} />
            {inForce(found.ban) && <Decisions banned={found.ban} onDecided={person.reload} />}
          </div>
        )}
      </Card>
      <div className={css['columns']}>
        <ReportsCard title={t.received} reports={found.reports.received} filter={{ reported: userId }} />
        <ReportsCard title={t.made} reports={found.reports.made} filter={{ reporter: userId }} />
        <Calls calls={found.calls} />
        <Sessions sessions={found.sessions} />
      </div>
      <p className={css['soft']}>{t.watched}</p>
    </>
  );
}

interface ReportsCardProps {
  readonly title: string;
  readonly reports: readonly Schema<'ReportEntry'>[];
  /** For the page of all of them. */
  readonly filter: Record<string, string>;
}

function ReportsCard({ title, reports, filter }: ReportsCardProps) {
  const t = useTexts(peopleTexts);
  return (
    <Card>
      <h2>{title}</h2>
      {reports.length === 0 ? (
        <p>{t.noReports}</p>
      ) : (
        <>
          <ul className={css['plain']}>
            {reports.slice(0, 10).map((report) => (
              <li key={report.reportId}>
                <Report report={report} />
              </li>
            ))}
          </ul>
          <div>
            <LinkButton look="secondary" to={`${consolePath('reports')}?${new URLSearchParams(filter)}`}>
              {t.allReports}
            </LinkButton>
          </div>
        </>
      )}
    </Card>
  );
}

function Calls({ calls }: { readonly calls: readonly Schema<'InspectedCall'>[] }) {
  const t = useTexts(peopleTexts);
  const shared = useTexts(consoleTexts);
  return (
    <Card>
      <h2>{t.calls}</h2>
      {calls.length === 0 && <p>{t.noCalls}</p>}
      <ul className={css['plain']}>
        {calls.map((call) => (
          <li key={call.roomId}>
            <p>
              {t.callWith} <PersonLink userId={call.partnerId} name={call.partnerName ?? shared.gone} />
            </p>
            <p className={css['soft']}>
              {dateTime(call.startedAt)} · {t.minutes(clock(call.duration))} · {wordOf(t, 'reason', call.reason)}
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Sessions({ sessions }: { readonly sessions: readonly Schema<'InspectedSession'>[] }) {
  const t = useTexts(peopleTexts);
  return (
    <Card>
      <h2>{t.sessions}</h2>
      {sessions.length === 0 && <p>{t.noSessions}</p>}
      <ul className={css['plain']}>
        {sessions.map((session) => (
          <li key={session.sessionId}>
            <p>
              {session.device ?? t.unknownDevice} · {t[`kind_${session.kind}`]} · {t[`session_${session.state}`]}
            </p>
            <p className={css['soft']}>
              {dateTime(session.createdAt)} · {t.lastUsed(dateTime(session.lastActiveAt))}
              {session.ip !== null && ` · ${session.ip}`}
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
