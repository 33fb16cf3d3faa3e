import { useEffect } from 'react';
import { api, of, type Schema } from '../api/client';
import { useQuery } from '../api/useQuery';
import { Waiting } from '../api/Waiting';
import { legalPath } from '../app/paths';
import { useStore } from '../app/store';
import { Button, Dialog, Notice } from '../design';
import { dateTime } from '../i18n/format';
import { useTexts } from '../i18n/texts';
import css from '../pages/form.module.css';
import { session } from '../session/session';
import { AppealForm } from './AppealForm';
import { noticeTexts } from './texts';

/** A ban that ends, or an admin who decides, makes itself known without a press. */
const EVERY_MS = 60_000;

interface BanNoticeProps {
  /** What the gateway said when it refused. */
  readonly message: string | undefined;
  readonly onLeave: () => void;
  /** The ban has ended. */
  readonly onOver: () => void;
}

/** Says that the account is suspended, why and for how long, and takes an appeal. */
export function BanNotice({ message, onLeave, onOver }: BanNoticeProps) {
  const t = useTexts(noticeTexts);
  const guest = useStore(session)?.accountType === 'guest';
  const ban = useQuery((signal) => of(api.GET('/report/check-ban', { signal })));
  const { reload } = ban;
  useEffect(() => {
    const look = () => {
      if (!document.hidden) reload();
    };
    const timer = setInterval(look, EVERY_MS);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [reload]);
  const over = ban.data?.isBanned === false;
  useEffect(() => {
    if (over) onOver();
  }, [over]);
  const record = ban.data?.banRecord;
  return (
    <Dialog
      alert
      title={t.banned}
      actions={
        <>
          <Button look="secondary" busy={ban.loading} onClick={reload}>
            {t.lookAgain}
          </Button>
          <Button look={guest ? 'danger' : 'secondary'} onClick={onLeave}>
            {t.logOut}
          </Button>
        </>
      }
    >
      <p>{t.bannedWhy}</p>
      <Waiting asked={ban} label={t.loading} />
      {/* The address of the network may be banned, of which there is no record. */}
      {ban.error?.status === 403 && <Notice>{t.address}</Notice>}
      {record ? <Record record={record} onSent={reload} /> : message !== undefined && <p>{message}</p>}
      <p>
        {/* Beside the dialog, which must stay. */}
        <a href={legalPath('community')} target="_blank" rel="noopener">
          {t.rules}
        </a>
      </p>
      {guest && <p className={css['soft']}>{t.guest}</p>}
    </Dialog>
  );
}

function Record({ record, onSent }: { readonly record: Schema<'BanRecord'>; readonly onSent: () => void }) {
  const t = useTexts(noticeTexts);
  const length =
    record.banStatus === 'permanent' ? t.permanent : record.until === undefined ? t.temporary : t.until(dateTime(record.until));
  return (
    <>
      <Notice kind="bad">{length}</Notice>
      <div>
        <p>
          <strong>{t.reason}:</strong> <span dir="auto">{record.bannedReason}</span>
        </p>
        <p className={css['soft']}>
          {t.since(dateTime(record.bannedAt))}
          {record.reportCount > 0 && ` · ${t.reports(record.reportCount)}`}
        </p>
        <p className={css['soft']}>
          {record.reviewStatus === 'pending' || record.reviewedAt === undefined
            ? t.pending
            : t.decided(dateTime(record.reviewedAt))}
        </p>
        {record.reviewReason !== undefined && (
          <p>
            <strong>{t.decision}:</strong> <span dir="auto">{record.reviewReason}</span>
          </p>
        )}
      </div>
      {record.appealedAt === undefined ? (
        <section aria-label={t.appeal}>
          <AppealForm send={(text) => of(api.POST('/report/appeal', { body: { text } }))} onSent={onSent} />
        </section>
      ) : (
        <Notice>
          <p>{t.appealedAt(dateTime(record.appealedAt))}</p>
          <p dir="auto">{record.appeal}</p>
        </Notice>
      )}
    </>
  );
}
