import { useEffect, useRef } from 'react';
import { useStore } from '../../app/store';
import type { LocalMedia } from '../../call/localMedia';
import { Icon } from '../../design';
import { useTexts } from '../../i18n/texts';
import css from './call.module.css';
import { callTexts } from './texts';

/** The own picture, as in a mirror; the peer sees it the right way round. */
export function OwnPicture({ media }: { readonly media: LocalMedia }) {
  const t = useTexts(callTexts);
  const { video, microphone, audio } = useStore(media.shown);
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (element.current !== null) element.current.srcObject = video === null ? null : new MediaStream([video]);
  }, [video]);
  const mirrored = video?.getSettings().facingMode !== 'environment';
  return (
    <div className={css['own']} role="group" aria-label={t.you}>
      {video === null ? (
        <span className={css['ownDark']}>
          <Icon name="cameraOff" />
          {t.yourCameraIsOff}
        </span>
      ) : (
        <video ref={element} className={css['ownVideo']} data-mirrored={mirrored} playsInline autoPlay muted />
      )}
      {(audio === null || !microphone) && (
        <span className={css['ownMuted']}>
          <Icon name="micOff" />
        </span>
      )}
    </div>
  );
}
