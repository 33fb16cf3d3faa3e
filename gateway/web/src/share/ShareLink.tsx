import { availability } from '../away/here';
import { Button, Field, Icon, toast } from '../design';
import { defineTexts, useTexts } from '../i18n/texts';
import css from '../pages/form.module.css';

const texts = defineTexts(
  {
    copy: 'Copy',
    copied: 'Copied.',
    notCopied: 'Copying is not allowed here; mark the link and copy it yourself.',
    share: 'Share',
  },
  {
    de: {
      copy: 'Kopieren',
      copied: 'Kopiert.',
      notCopied: 'Kopieren ist hier nicht erlaubt; markiere den Link und kopiere ihn selbst.',
      share: 'Teilen',
    },
  },
);

/** A link to be given to somebody. */
export function ShareLink({ label, link }: { readonly label: string; readonly link: string }) {
  const t = useTexts(texts);
  return (
    <div className={css['form']}>
      <Field label={label} value={link} readOnly onFocus={(event) => event.target.select()} />
      <div className={css['row']}>
        <Button look="secondary" onClick={() => void copy(link).then((done) => toast(done ? t.copied : t.notCopied))}>
          <Icon name="copy" />
          {t.copy}
        </Button>
        {typeof navigator.share === 'function' && (
          <Button look="secondary" onClick={() => void share(link)}>
            <Icon name="share" />
            {t.share}
          </Button>
        )}
      </div>
    </div>
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
