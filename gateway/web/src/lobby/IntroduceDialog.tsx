import { api, of } from '../api/client';
import { useQuery } from '../api/useQuery';
import { Button, Dialog, Notice, SkeletonLines } from '../design';
import { useTexts } from '../i18n/texts';
import { introductionLink } from '../share/links';
import { ShareLink } from '../share/ShareLink';
import type { Person } from './reel';
import { lobbyTexts } from './texts';

/** A link that leads a friend to somebody. */
export function IntroduceDialog({ person, onClose }: { readonly person: Person; readonly onClose: () => void }) {
  const t = useTexts(lobbyTexts);
  const made = useQuery(
    (signal) => of(api.POST('/referral/generate', { body: { targetUserId: person.userId }, signal })),
    [person.userId],
  );
  return (
    <Dialog title={t.introduceTo(person.name)} onClose={onClose} actions={<Button onClick={onClose}>{t.close}</Button>}>
      <p>{t.introduceWhy(person.name)}</p>
      {made.data !== undefined ? (
        <ShareLink label={t.link} link={introductionLink(made.data.referralCode)} />
      ) : made.error !== undefined ? (
        <Notice
          kind="bad"
          action={
            <Button look="secondary" onClick={made.reload}>
              {t.retry}
            </Button>
          }
        >
          {t.noLink} {made.error.status > 0 && made.error.message}
        </Notice>
      ) : (
        <SkeletonLines label={t.loading} lines={2} />
      )}
    </Dialog>
  );
}
