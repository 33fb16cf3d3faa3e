import { type ReactNode, useState } from 'react';
import { Navigate, NavLink, useLocation } from 'react-router';
import { of } from '../../api/client';
import { explain } from '../../api/explain';
import { useQuery } from '../../api/useQuery';
import { Page } from '../../app/Page';
import { consolePath } from '../../app/paths';
import { useStore } from '../../app/store';
import { Button, Notice, SkeletonLines, toast } from '../../design';
import { isolate } from '../../i18n/isolate';
import { useTexts } from '../../i18n/texts';
import { type Admin, admin, enter, leave } from './admin';
import { desk } from './client';
import css from './console.module.css';
import { wayIn } from './next';
import { consoleTexts } from './texts';

/** The parts of the console, in the order in which they are shown; the addresses end in these words. */
export const tabs = [
  'live',
  'reviews',
  'reports',
  'bans',
  'users',
  'codes',
  'addresses',
  'announcements',
  'audit',
] as const;

export type Tab = (typeof tabs)[number];

/** Around each part of the console: who is not in is led to the door, and back. */
export function Desk({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const t = useTexts(consoleTexts);
  const current = useStore(admin);
  const { pathname, search } = useLocation();
  if (current === null) return <Navigate to={wayIn(pathname + search)} replace />;
  return (
    <Page title={title} wide>
      <div className={css['head']}>
        <nav aria-label={t.nav}>
          <ul className={css['tabs']}>
            {tabs.map((tab) => (
              <li key={tab}>
                <NavLink to={consolePath(tab)}>{t[tab]}</NavLink>
              </li>
            ))}
          </ul>
        </nav>
        <Leaving current={current} />
      </div>
      {current.verified ? children : <Verifying current={current} />}
    </Page>
  );
}

/** Asks whether a session from before this page was loaded still holds: one that does not is no attack. */
function Verifying({ current }: { readonly current: Admin }) {
  const t = useTexts(consoleTexts);
  const verified = useQuery(async (signal) => {
    const { username } = await of(desk.GET('/admin/verify', { signal }));
    enter({ ...current, username });
  });
  if (verified.error === undefined) return <SkeletonLines label={t.loading} lines={6} />;
  return (
    <Notice kind="bad" action={<Button onClick={verified.reload}>{t.again}</Button>}>
      {explain(verified.error)}
    </Notice>
  );
}

function Leaving({ current }: { readonly current: Admin }) {
  const t = useTexts(consoleTexts);
  const [busy, setBusy] = useState(false);
  const signOut = async () => {
    setBusy(true);
    try {
      // The user's own session is his, and goes on.
      if (current.door) await of(desk.POST('/admin/logout'));
    } catch {
      toast(t.notEnded);
    }
    leave();
  };
  return (
    <p className={css['who']}>
      <span>{t.signedInAs(isolate(current.username))}</span>
      <Button look="quiet" busy={busy} onClick={() => void signOut()}>
        {current.door ? t.signOut : t.leave}
      </Button>
    </p>
  );
}
