import { type RefObject, useCallback, useEffect, useState } from 'react';
import { useStore } from '../../app/store';
import type { CallSession } from '../../call/callSession';
import { Button, Icon, Notice } from '../../design';
import { isolate } from '../../i18n/isolate';
import { useTexts } from '../../i18n/texts';
import css from './call.module.css';
import { Initial } from './Initial';
import { callTexts } from './texts';

interface PeerPictureProps {
  readonly call: CallSession;
  readonly video: RefObject<HTMLVideoElement | null>;
}

/** Picture and sound of the other one. */
export function PeerPicture({ call, video }: PeerPictureProps) {
  const t = useTexts(callTexts);
  const remote = useStore(call.remote);
  const { terms, hasTalked } = useStore(call.state);
  const [silenced, setSilenced] = useState(false);
  const play = useCallback(() => {
    const element = video.current;
    if (element === null) return;
    element.play().then(
      () => setSilenced(false),
      (cause: unknown) => {
        // Any other failure is of a stream that has changed meanwhile, and is followed by another try.
        if (cause instanceof DOMException && cause.name === 'NotAllowedError') setSilenced(true);
      },
    );
  }, [video]);
  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    if (element.srcObject !== remote.stream) element.srcObject = remote.stream;
    if (remote.stream.getTracks().length > 0) play();
  }, [remote.stream, remote.version, video, play]);
  const name = isolate(terms?.peer.name ?? '');
  const dark = !remote.camera || !hasTalked;
  return (
    <>
      {/* What is said in a call has no captions; the chat is there for those who do not hear it. */}
      <video ref={video} className={css['peer']} data-dark={dark} playsInline autoPlay aria-label={name} />
      {dark && (
        <div className={css['dark']}>
          <Initial name={terms?.peer.name ?? ''} />
          {hasTalked && <p>{t.cameraIsOff(name)}</p>}
        </div>
      )}
      {hasTalked && !remote.microphone && (
        <p className={css['muted']}>
          <Icon name="micOff" /> {t.isMuted(name)}
        </p>
      )}
      {silenced && (
        <div className={css['silenced']}>
          <Notice kind="warn" action={<Button onClick={play}>{t.hear}</Button>}>
            {t.hearWhy}
          </Notice>
        </div>
      )}
    </>
  );
}
