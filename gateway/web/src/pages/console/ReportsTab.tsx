import { type FormEvent, useState } from 'react';
import { useSearchParams } from 'react-router';
import { of, type Schema } from '../../api/client';
import { explain } from '../../api/explain';
import { Button, Field, Notice, Select } from '../../design';
import { dateTime } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { PagedList } from './PagedList';
import { usePages } from '../../api/usePages';
import { desk } from './client';
import css from './console.module.css';
import { moderationTexts } from './moderationTexts';
import { PersonLink, Portrait } from './people';
import { Report } from './Reports';
import { consoleTexts } from './texts';

const PAGE = 50;
const MOST_FOUND = 10;

type Direction = 'reported' | 'reporter';

/** All reports, or those of or by one person; who that is stands in the address. */
export function ReportsTab() {
  const t = useTexts(moderationTexts);
  const shared = useTexts(consoleTexts);
  const [query, setQuery] = useSearchParams();
  const direction: Direction = query.has('reporter') ? 'reporter' : 'reported';
  const userId = query.get(direction) ?? undefined;
  const pages = usePages(
    async (before, signal) => {
      const filter = {
        limit: PAGE,
        ...(userId === undefined ? {} : { [direction]: userId }),
        ...(before === null ? {} : { before }),
      };
      const { reports, next } = await of(desk.GET('/report/all', { params: { query: filter }, signal }));
      return { entries: reports, next };
    },
    [direction, userId],
  );
  // Its name is known as soon as there is a report.
  const [first] = pages.data ?? [];
  const known = direction === 'reported' ? first?.reportedUserName : first?.reporterName;

  return (
    <>
      <PersonFilter direction={direction} onFound={(way, found) => setQuery({ [way]: found })} />
      {userId !== undefined && (
        <Notice
          action={
            <Button look="secondary" onClick={() => setQuery({})}>
              {t.everything}
            </Button>
          }
        >
          {direction === 'reported' ? t.onlyReceived : t.onlyMade}{' '}
          <PersonLink userId={userId} name={known ?? userId} />
        </Notice>
      )}
      <PagedList label={shared.reports} pages={pages} keyOf={(one) => one.reportId} empty={t.noReports}>
        {(report) => (
          <div className={css['item']}>
            <Portrait selfie={report.reportedUserSelfie} />
            <Report report={report} />
          </div>
        )}
      </PagedList>
    </>
  );
}

interface PersonFilterProps {
  readonly direction: Direction;
  readonly onFound: (direction: Direction, userId: string) => void;
}

/** Finds the person whose reports are meant; of several the admin picks. */
function PersonFilter({ direction, onFound }: PersonFilterProps) {
  const t = useTexts(moderationTexts);
  const [words, setWords] = useState('');
  const [way, setWay] = useState<Direction>(direction);
  const [found, setFound] = useState<readonly Schema<'UserSummary'>[]>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  const search = async (event: FormEvent) => {
    event.preventDefault();
    const wanted = words.trim();
    if (busy || wanted === '') return;
    setBusy(true);
    setProblem(undefined);
    setFound(undefined);
    try {
      const { users } = await of(
        desk.GET('/admin/users', { params: { query: { query: wanted, limit: MOST_FOUND } } }),
      );
      const [only] = users;
      if (users.length === 1 && only !== undefined) onFound(way, only.userId);
      else setFound(users);
    } catch (cause) {
      setProblem(explain(cause));
    } finally {
      setBusy(false);
    }
  };

  return (
    <form className={css['text']} role="search" onSubmit={(event) => void search(event)}>
      <div className={css['filters']}>
        <Field
          label={t.person}
          hint={t.personHint}
          type="search"
          required
          maxLength={254}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <Select label={t.direction} value={way} onChange={(event) => setWay(event.target.value as Direction)}>
          <option value="reported">{t.received}</option>
          <option value="reporter">{t.made}</option>
        </Select>
        <div className={css['go']}>
          <Button type="submit" busy={busy}>
            {t.find}
          </Button>
        </div>
      </div>
      {problem !== undefined && <Notice kind="bad">{problem}</Notice>}
      {found?.length === 0 && <p role="status">{t.nobody}</p>}
      {found !== undefined && found.length > 0 && (
        <>
          <p role="status">{t.whom}</p>
          <ul className={css['row']}>
            {found.map((user) => (
              <li key={user.userId}>
                <Button
                  look="secondary"
                  onClick={() => {
                    setFound(undefined);
                    onFound(way, user.userId);
                  }}
                >
                  <bdi>{user.name}</bdi> · {user.email ?? dateTime(user.createdAt)}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </form>
  );
}
