import { useState } from 'react';
import { of, type Schema } from '../../api/client';
import { Checkbox } from '../../design';
import { isolate } from '../../i18n/isolate';
import { useTexts } from '../../i18n/texts';
import { PagedList } from './PagedList';
import { usePages } from '../../api/usePages';
import { BanFacts } from './BanFacts';
import { desk } from './client';
import css from './console.module.css';
import { Decisions } from './Decisions';
import { moderationTexts } from './moderationTexts';
import { Media, PersonLink, Portrait } from './people';
import { Report } from './Reports';

const PAGE = 20;

/** Bans that wait for somebody to decide on them. */
export function ReviewsTab() {
  const t = useTexts(moderationTexts);
  const [appealed, setAppealed] = useState(false);
  const pages = usePages(async (before, signal) => {
    const query = { limit: PAGE, appealed, ...(before === null ? {} : { before }) };
    const { pending, next } = await of(desk.GET('/report/pending', { params: { query }, signal }));
    return { entries: pending, next };
  }, [appealed]);
  const decided = (userId: string) => pages.change((cases) => cases.filter((one) => one.userId !== userId));

  return (
    <>
      <Checkbox label={t.appealed} checked={appealed} onChange={(event) => setAppealed(event.target.checked)} />
      <PagedList label={t.waiting} pages={pages} keyOf={(one) => one.userId} empty={t.noneWaiting}>
        {(one) => <Case pending={one} onDecided={() => decided(one.userId)} />}
      </PagedList>
    </>
  );
}

function Case({ pending, onDecided }: { readonly pending: Schema<'PendingCase'>; readonly onDecided: () => void }) {
  const t = useTexts(moderationTexts);
  const name = isolate(pending.userName);
  return (
    <div className={css['item']}>
      <Portrait selfie={pending.userSelfie} />
      <div className={css['text']}>
        <h2>
          <PersonLink userId={pending.userId} name={pending.userName} />
        </h2>
        <BanFacts ban={pending} />
        {(pending.userSelfie !== undefined || pending.userVideo !== undefined) && (
          <details>
            <summary>{t.videoOf(name)}</summary>
            <Media
              selfie={pending.userSelfie}
              video={pending.userVideo}
              selfieOf={t.selfieOf(name)}
              videoOf={t.videoOf(name)}
            />
          </details>
        )}
        <details open={pending.reports.length <= 3}>
          <summary>{t.reportsOf(pending.reports.length)}</summary>
          <ul className={css['plain']}>
            {pending.reports.map((report) => (
              <li key={report.reportId}>
                <Report report={report} ofKnown />
              </li>
            ))}
          </ul>
        </details>
        <Decisions banned={pending} onDecided={onDecided} />
      </div>
    </div>
  );
}
