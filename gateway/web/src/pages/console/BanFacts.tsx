import type { Schema } from '../../api/client';
import { Badge } from '../../design';
import { dateTime } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import css from './console.module.css';
import { moderationTexts } from './moderationTexts';

type Kept = Omit<Schema<'KeptBan'>, 'userName' | 'userSelfie' | 'userVideo'>;

/** Whether a ban keeps somebody out. */
export function inForce({ banStatus }: Pick<Kept, 'banStatus'>): boolean {
  return banStatus === 'temporary' || banStatus === 'permanent';
}

/** What is known of a ban. */
export function BanFacts({ ban }: { readonly ban: Kept }) {
  const t = useTexts(moderationTexts);
  return (
    <>
      <p className={css['row']}>
        <Badge>{t[`status_${ban.banStatus}`]}</Badge>
        <Badge>{t[`review_${ban.reviewStatus}`]}</Badge>
        <span>{t.reportsOf(ban.reportCount)}</span>
        {ban.appealedAt !== undefined && <Badge>{t.appeal}</Badge>}
      </p>
      <p className={css['soft']}>
        {t.bannedSince(dateTime(ban.bannedAt))}
        {ban.until !== undefined && ` ${t.until(dateTime(ban.until))}`}
        {ban.reviewedAt !== undefined && ` · ${t.decided(dateTime(ban.reviewedAt))}`}
      </p>
      <p>
        <span className={css['soft']}>{t.whyBanned}: </span>
        <span dir="auto">{ban.bannedReason}</span>
        {ban.reviewReason !== undefined && <span dir="auto"> · {ban.reviewReason}</span>}
      </p>
      {ban.appeal !== undefined && (
        <figure className={css['text']}>
          <figcaption className={css['soft']}>
            {ban.appealedAt === undefined ? t.appeal : t.appealFrom(dateTime(ban.appealedAt))}
          </figcaption>
          <blockquote className={css['quote']} dir="auto">
            {ban.appeal}
          </blockquote>
        </figure>
      )}
      {ban.ipAddresses.length > 0 && (
        <p className={css['soft']}>
          {t.knownAddresses}: <span className={css['code']}>{ban.ipAddresses.join(', ')}</span>
        </p>
      )}
    </>
  );
}
