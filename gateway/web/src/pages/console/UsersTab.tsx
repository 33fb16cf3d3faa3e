import { type FormEvent, useState } from 'react';
import { useSearchParams } from 'react-router';
import { of, type Schema } from '../../api/client';
import { Badge, Button, Field, Select } from '../../design';
import { date } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { PagedList } from './PagedList';
import { usePages } from '../../api/usePages';
import { desk } from './client';
import css from './console.module.css';
import { moderationTexts } from './moderationTexts';
import { PersonLink, Portrait } from './people';
import { peopleTexts } from './peopleTexts';
import { consoleTexts } from './texts';

const PAGE = 30;
const bans = ['none', 'temporary', 'permanent', 'vindicated'] as const satisfies readonly Schema<'BanStatus'>[];

function banOf(text: string | null): Schema<'BanStatus'> | undefined {
  return bans.find((status) => status === text);
}

/** Everybody who has an account; what is looked for stands in the address, so that one can go back to it. */
export function UsersTab() {
  const t = useTexts(peopleTexts);
  const shared = useTexts(consoleTexts);
  const [filter, setFilter] = useSearchParams();
  const words = filter.get('query') ?? '';
  const ban = banOf(filter.get('ban'));
  const admins = filter.get('role') === 'admin';
  const pages = usePages(
    async (before, signal) => {
      const query = {
        limit: PAGE,
        ...(words === '' ? {} : { query: words }),
        ...(ban === undefined ? {} : { ban }),
        ...(admins ? { role: 'admin' as const } : {}),
        ...(before === null ? {} : { before }),
      };
      const { users, next } = await of(desk.GET('/admin/users', { params: { query }, signal }));
      return { entries: users, next };
    },
    [ban, admins, words],
  );

  return (
    <>
      <Filters key={filter.toString()} words={words} ban={ban} admins={admins} onFind={setFilter} />
      <PagedList label={shared.users} pages={pages} keyOf={(one) => one.userId} empty={t.nobody}>
        {(user) => <Summary user={user} />}
      </PagedList>
    </>
  );
}

interface FiltersProps {
  readonly words: string;
  readonly ban: Schema<'BanStatus'> | undefined;
  readonly admins: boolean;
  readonly onFind: (filter: Record<string, string>) => void;
}

function Filters({ words, ban, admins, onFind }: FiltersProps) {
  const t = useTexts(peopleTexts);
  const moderation = useTexts(moderationTexts);
  const shared = useTexts(consoleTexts);
  const [typed, setTyped] = useState(words);
  const find = (next: { query?: string; ban?: string; role?: string }) => {
    const all = { query: typed.trim(), ban: ban ?? '', role: admins ? 'admin' : '', ...next };
    onFind(Object.fromEntries(Object.entries(all).filter(([, value]) => value !== '')));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    find({});
  };
  return (
    <form className={css['filters']} role="search" onSubmit={submit}>
      <Field
        label={t.words}
        hint={t.wordsHint}
        type="search"
        maxLength={254}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Select label={moderation.ban} value={ban ?? ''} onChange={(event) => find({ ban: event.target.value })}>
        <option value="">{shared.any}</option>
        {bans.map((status) => (
          <option key={status} value={status}>
            {moderation[`status_${status}`]}
          </option>
        ))}
      </Select>
      <Select
        label={t.role}
        value={admins ? 'admin' : ''}
        onChange={(event) => find({ role: event.target.value })}
      >
        <option value="">{shared.any}</option>
        <option value="admin">{t.onlyAdmins}</option>
      </Select>
      <div className={css['go']}>
        <Button type="submit">{t.find}</Button>
      </div>
    </form>
  );
}

function Summary({ user }: { readonly user: Schema<'UserSummary'> }) {
  const t = useTexts(peopleTexts);
  const moderation = useTexts(moderationTexts);
  return (
    <div className={css['item']}>
      <Portrait selfie={user.selfieUrl} />
      <div className={css['text']}>
        <h2>
          <PersonLink userId={user.userId} name={user.name} />
        </h2>
        <p className={css['row']}>
          <Badge>{t[`type_${user.accountType}`]}</Badge>
          <Badge>{t[`paid_${user.paidStatus}`]}</Badge>
          {user.role === 'admin' && <Badge>{t.role_admin}</Badge>}
          {user.banStatus !== 'none' && <Badge>{moderation[`status_${user.banStatus}`]}</Badge>}
        </p>
        <p className={css['soft']}>
          {user.email ?? t.noMail} · {t.since(date(user.createdAt))}
        </p>
      </div>
    </div>
  );
}
