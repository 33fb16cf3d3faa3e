import { useLocation, useNavigate } from 'react-router';
import { legalPath, paths } from '../app/paths';
import { useStore } from '../app/store';
import { Button, Dialog, toast } from '../design';
import { useTexts } from '../i18n/texts';
import { session, signOut, standing } from '../session/session';
import { connection } from '../socket/connection';
import { BanNotice } from './BanNotice';
import { noticeTexts } from './texts';

/** What everybody may read, whatever became of his account: the rules that it was suspended by. */
function isOpen(pathname: string): boolean {
  return pathname === paths.blacklist || pathname === legalPath('community');
}

/** Says why nothing goes on: the session was ended from elsewhere, or the account is suspended. */
export function SessionNotices() {
  const t = useTexts(noticeTexts);
  const now = useStore(standing);
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const leave = (to: string) => {
    signOut();
    standing.set({ kind: 'good' });
    void navigate(to);
  };
  if (now.kind === 'displaced') {
    return (
      <Dialog
        alert
        title={t.displaced}
        actions={
          <>
            <Button look="quiet" onClick={() => leave(paths.landing)}>
              {t.close}
            </Button>
            <Button onClick={() => leave(paths.login)}>{t.logIn}</Button>
          </>
        }
      >
        <p>{t.displacedWhy}</p>
        <p>{t.displacedNotMe}</p>
      </Dialog>
    );
  }
  if (now.kind === 'banned' && !isOpen(pathname)) {
    return (
      <BanNotice
        message={now.message}
        onLeave={() => leave(paths.landing)}
        onOver={() => {
          standing.set({ kind: 'good' });
          toast(t.over);
          // It was closed when the ban began.
          const token = session.get()?.token;
          if (token !== undefined) void connection.open(token);
        }}
      />
    );
  }
  return null;
}
