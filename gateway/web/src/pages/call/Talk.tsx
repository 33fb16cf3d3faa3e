import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from '../../app/store';
import type { CallSession } from '../../call/callSession';
import { Button, Notice } from '../../design';
import { isolate } from '../../i18n/isolate';
import { useTexts } from '../../i18n/texts';
import css from './call.module.css';
import { ChatPanel } from './ChatPanel';
import { Controls } from './Controls';
import { DeviceProblems } from './DeviceProblems';
import { Meter } from './Meter';
import { OwnPicture } from './OwnPicture';
import { PeerPicture } from './PeerPicture';
import { Reactions } from './Reactions';
import { useMediaKeys, usePictureInPicture, useWakeLock } from './screen';
import { Clock } from './Clock';
import { callTexts } from './texts';

interface TalkProps {
  readonly call: CallSession;
  readonly roomId: string;
  /** Whether something else stands over it. */
  readonly hidden: boolean;
}

/** The call itself. */
export function Talk({ call, roomId, hidden }: TalkProps) {
  const t = useTexts(callTexts);
  const state = useStore(call.state);
  const shown = useStore(call.media.shown);
  const open = useStore(call.chat).open;
  const video = useRef<HTMLVideoElement>(null);
  const chatButton = useRef<HTMLButtonElement>(null);
  const [sink, setSink] = useState('');
  const pip = usePictureInPicture(video);
  useWakeLock(true);
  useMediaKeys(
    useMemo(
      () => ({
        hangup: () => call.end(),
        togglemicrophone: () => call.media.setMicrophone(!call.media.shown.get().microphone),
        togglecamera: () => call.media.setCamera(!call.media.shown.get().camera),
      }),
      [call],
    ),
  );
  useEffect(() => {
    const element = video.current as (HTMLVideoElement & { setSinkId?: (id: string) => Promise<void> }) | null;
    // A speaker that is gone leaves the sound where it is.
    element?.setSinkId?.(sink).catch(() => undefined);
  }, [sink]);
  const closeChat = useCallback(() => {
    call.openChat(false);
    chatButton.current?.focus();
  }, [call]);
  const name = state.terms === null ? '' : isolate(state.terms.peer.name);
  return (
    <div className={css['talk']} inert={hidden}>
      <div className={css['stage']}>
        <PeerPicture call={call} video={video} />
        <OwnPicture media={call.media} />
        <Reactions call={call} name={name} />
        <div className={css['top']}>
          <span className={css['name']} dir="auto">
            {name}
          </span>
          <Clock call={call} />
          <Meter call={call} />
        </div>
        <div className={css['notices']}>
          {state.phase === 'reconnecting' && <Notice kind="warn">{state.peerAway ? t.peerAway(name) : t.reconnecting}</Notice>}
          {state.phase === 'talking' && state.peerAway && <Notice kind="warn">{t.peerAway(name)}</Notice>}
          {!hidden && <DeviceProblems media={call.media} />}
          {state.phase === 'talking' && shown.camera && <PoorHint call={call} />}
        </div>
      </div>
      {open && <ChatPanel call={call} name={name} onClose={closeChat} />}
      <Controls call={call} roomId={roomId} pip={pip} sink={sink} onSink={setSink} chatButton={chatButton} />
    </div>
  );
}

/** After a while of bad connection; a single bad moment is none of the user's business. */
function PoorHint({ call }: { readonly call: CallSession }) {
  const t = useTexts(callTexts);
  const level = useStore(call.quality)?.level;
  const [poor, setPoor] = useState(false);
  useEffect(() => {
    if (level !== 'poor' && level !== 'none') {
      setPoor(false);
      return undefined;
    }
    const timer = setTimeout(() => setPoor(true), 8_000);
    return () => clearTimeout(timer);
  }, [level]);
  if (!poor) return null;
  return (
    <Notice
      kind="warn"
      action={
        <Button look="secondary" onClick={() => call.media.setCamera(false)}>
          {t.cameraOffNow}
        </Button>
      }
    >
      {t.poorHint}
    </Notice>
  );
}
