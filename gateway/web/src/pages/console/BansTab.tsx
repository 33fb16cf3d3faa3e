import { useState } from 'react';
import { of, type Schema } from '../../api/client';
import { Select } from '../../design';
import { useTexts } from '../../i18n/texts';
import { PagedList } from './PagedList';
import { usePages } from '../../api/usePages';
import { BanFacts, inForce } from './BanFacts';
import { desk } from './client';
import css from './console.module.css';
import { Decisions } from './Decisions';
import { moderationTexts } from './moderationTexts';
import { PersonLink, Portrait } from './people';
import { consoleTexts } from './texts';

const PAGE = 50;
const statuses = ['temporary', 'permanent', 'none', 'vindicated'] as const;
const reviews = ['pending', 'reviewed_ban', 'reviewed_vindicate'] as const;

/** The latest ban of everybody who was ever banned: by reports, and by what was decided since. */
export function BansTab() {
  const t = useTexts(moderationTexts);
  const shared = useTexts(consoleTexts);
  const [ban, setBan] = useState<Schema<'BanStatus'> | ''>('');
  const [review, setReview] = useState<Schema<'ReviewStatus'> | ''>('');
  const pages = usePages(
    async (before, signal) => {
      const query = {
        limit: PAGE,
        ...(ban === '' ? {} : { ban }),
        ...(review === '' ? {} : { review }),
        ...(before === null ? {} : { before }),
      };
      const { bans, next } = await of(desk.GET('/report/bans', { params: { query }, signal }));
      return { entries: bans, next };
    },
    [ban, review],
  );

  return (
    <>
      <div className={css['filters']}>
        <Select label={t.ban} value={ban} onChange={(event) => setBan(event.target.value as Schema<'BanStatus'> | '')}>
          <option value="">{shared.any}</option>
          {statuses.map((status) => (
            <option key={status} value={status}>
              {t[`status_${status}`]}
            </option>
          ))}
        </Select>
        <Select
          label={t.review}
          value={review}
          onChange={(event) => setReview(event.target.value as Schema<'ReviewStatus'> | '')}
        >
          <option value="">{shared.any}</option>
          {reviews.map((status) => (
            <option key={status} value={status}>
              {t[`review_${status}`]}
            </option>
          ))}
        </Select>
      </div>
      <PagedList label={shared.bans} pages={pages} keyOf={(one) => one.userId} empty={t.noBans}>
        {(one) => (
          <div className={css['item']}>
            <Portrait selfie={one.userSelfie} />
            <div className={css['text']}>
              <h2>
                <PersonLink userId={one.userId} name={one.userName} />
              </h2>
              <BanFacts ban={one} />
              {inForce(one) && <Decisions banned={one} onDecided={pages.reload} />}
            </div>
          </div>
        )}
      </PagedList>
    </>
  );
}
