import { useState } from 'react';
import { Button, Dialog, Notice } from '../../design';
import { useTexts } from '../../i18n/texts';
import { accessLink } from '../../share/links';
import { ShareLink } from '../../share/ShareLink';
import css from './console.module.css';
import { consoleTexts } from './texts';
import { thingsTexts } from './thingsTexts';

/** An access code to be shown, printed or sent. */
export function CodeDialog({ code, onClose }: { readonly code: string; readonly onClose: () => void }) {
  const t = useTexts(thingsTexts);
  const shared = useTexts(consoleTexts);
  const [failed, setFailed] = useState(false);
  const image = `/payment/qr/${encodeURIComponent(code)}`;
  return (
    <Dialog title={t.qrOf(code)} onClose={onClose} actions={<Button onClick={onClose}>{shared.close}</Button>}>
      {failed ? (
        <Notice kind="bad">{t.qrFailed}</Notice>
      ) : (
        <>
          <img className={css['qr']} src={image} alt={t.qrOf(code)} onError={() => setFailed(true)} />
          <a href={image} download={`${code}.png`}>
            {t.download}
          </a>
        </>
      )}
      <ShareLink label={t.link} link={accessLink(code)} />
    </Dialog>
  );
}
