import { type FormEvent, useState } from 'react';
import { useSearchParams } from 'react-router';
import { of, type Schema } from '../../api/client';
import { Button, classes, Field, Select } from '../../design';
import { dateTime } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { PagedList } from './PagedList';
import { usePages } from '../../api/usePages';
import { type Action, actions, detailsOf, isAction, isId, toPerson } from './audit';
import { auditTexts } from './auditTexts';
import { desk } from './client';
import css from './console.module.css';
import { PersonLink } from './people';
import { wordOf } from './peopleTexts';
import { consoleTexts } from './texts';

const PAGE = 50;

/** What was done at the console and against it; what is looked for stands in the address. */
export function AuditTab() {
  const t = useTexts(auditTexts);
  const shared = useTexts(consoleTexts);
  const [filter, setFilter] = useSearchParams();
  const asked = filter.get('action');
  const action = isAction(asked) ? asked : undefined;
  const actor = filter.get('actor') ?? undefined;
  const subject = filter.get('subject') ?? undefined;
  const pages = usePages(
    async (before, signal) => {
      const query = {
        limit: PAGE,
        ...(action === undefined ? {} : { action }),
        ...(actor === undefined ? {} : { actor }),
        ...(subject === undefined ? {} : { subject }),
        ...(before === null ? {} : { before }),
      };
      const { entries, next } = await of(desk.GET('/admin/audit', { params: { query }, signal }));
      return { entries: entries, next };
    },
    [action, actor, subject],
  );

  return (
    <>
      <Filters key={filter.toString()} action={action} actor={actor} subject={subject} onFind={setFilter} />
      <PagedList label={shared.audit} pages={pages} keyOf={(one) => String(one.id)} empty={t.nothing}>
        {(entry) => <Entry entry={entry} />}
      </PagedList>
    </>
  );
}

interface FiltersProps {
  readonly action: Action | undefined;
  readonly actor: string | undefined;
  readonly subject: string | undefined;
  readonly onFind: (filter: Record<string, string>) => void;
}

function Filters({ action, actor = '', subject = '', onFind }: FiltersProps) {
  const t = useTexts(auditTexts);
  const shared = useTexts(consoleTexts);
  const [who, setWho] = useState(actor);
  const [whom, setWhom] = useState(subject);
  const [wrong, setWrong] = useState(false);
  const find = (next: { action?: string }) => {
    const all = { action: action ?? '', actor: who.trim(), subject: whom.trim(), ...next };
    if (all.actor !== '' && !isId(all.actor)) {
      setWrong(true);
      return;
    }
    onFind(Object.fromEntries(Object.entries(all).filter(([, value]) => value !== '')));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    find({});
  };
  return (
    <form className={css['filters']} role="search" onSubmit={submit}>
      <Select label={t.action} value={action ?? ''} onChange={(event) => find({ action: event.target.value })}>
        <option value="">{shared.any}</option>
        {actions.map((one) => (
          <option key={one} value={one}>
            {t[one]}
          </option>
        ))}
      </Select>
      <Field
        label={t.actor}
        problem={wrong ? t.idWrong : undefined}
        maxLength={36}
        spellCheck={false}
        value={who}
        onChange={(event) => {
          setWho(event.target.value);
          setWrong(false);
        }}
      />
      <Field
        label={t.subject}
        maxLength={200}
        spellCheck={false}
        value={whom}
        onChange={(event) => setWhom(event.target.value)}
      />
      <div className={classes(css['row'], css['go'])}>
        <Button type="submit">{t.find}</Button>
        <Button look="quiet" onClick={() => onFind({})}>
          {t.everything}
        </Button>
      </div>
    </form>
  );
}

function Entry({ entry }: { readonly entry: Schema<'AuditEntry'> }) {
  const t = useTexts(auditTexts);
  return (
    <div className={css['text']}>
      <h2>{isAction(entry.action) ? t[entry.action] : entry.action}</h2>
      <p className={css['soft']}>{dateTime(entry.at)}</p>
      <dl className={css['facts']}>
        <dt>{t.by}</dt>
        <dd>{entry.actor === null ? t.nobody : <PersonLink userId={entry.actor} name={entry.actor} />}</dd>
        {entry.subject !== null && (
          <>
            <dt>{t.to}</dt>
            <dd>
              {toPerson(entry.action, entry.subject) ? (
                <PersonLink userId={entry.subject} name={entry.subject} />
              ) : (
                <span className={css['code']}>{entry.subject}</span>
              )}
            </dd>
          </>
        )}
        {entry.ip !== null && (
          <>
            <dt>{t.from}</dt>
            <dd className={css['code']}>{entry.ip}</dd>
          </>
        )}
        {detailsOf(entry.details, dateTime).map(([name, value]) => (
          <div key={name}>
            <dt>{wordOf(t, 'detail', name)}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
