import { api, of } from '../api/client';
import { useQuery } from '../api/useQuery';
import { paths } from '../app/paths';
import { availability } from '../away/here';
import { Button, Dialog, Field, Notice, SkeletonLines, toast } from '../design';
import { useTexts } from '../i18n/texts';
import css from './lobby.module.css';
import type { Person } from './reel';
import { lobbyTexts } from './texts';

/** A link that leads a friend to somebody. */
export function IntroduceDialog({ person, onClose }: { readonly person: Person; readonly onClose: () => void }) {
  const t = useTexts(lobbyTexts);
  const made = useQuery(
    (signal) => of(api.POST('/referral/generate', { body: { targetUserId: person.userId }, signal })),
    [person.userId],
  );
  const link = made.data && `${location.origin}${paths.onboarding}?ref=${encodeURIComponent(made.data.referralCode)}`;
  return (
    <Dialog title={t.introduceTo(person.name)} onClose={onClose} actions={<Button onClick={onClose}>{t.close}</Button>}>
      <p>{t.introduceWhy(person.name)}</p>
      {link !== undefined ? (
        <div className={css['link']}>
          <Field label={t.link} value={link} readOnly onFocus={(event) => event.target.select()} />
          <div className={css['row']}>
            <Button look="secondary" onClick={() => void copy(link).then((done) => toast(done ? t.copied : t.notCopied))}>
              {t.copy}
            </Button>
            {typeof navigator.share === 'function' && (
              <Button look="secondary" onClick={() => void share(link)}>
                {t.share}
              </Button>
            )}
          </div>
        </div>
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

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** The sheet of the system covers the page, which is still looked at. */
async function share(url: string): Promise<void> {
  const over = availability.prompting();
  try {
    await navigator.share({ url });
  } catch {
    // Put away without sharing.
  } finally {
    over();
  }
}
