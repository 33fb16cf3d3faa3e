import { useEffect, useState } from 'react';
import { useParams } from 'react-router';
import { Page } from '../../app/Page';
import { useStore } from '../../app/store';
import type { CallSession } from '../../call/callSession';
import { Hidden } from '../../design';
import { isolate } from '../../i18n/isolate';
import { useTexts } from '../../i18n/texts';
import { session as signedIn } from '../../session/session';
import css from './call.module.css';
import { Connecting } from './Connecting';
import { Ended } from './Ended';
import { Talk } from './Talk';
import { callTexts } from './texts';
import { useCall } from './useCall';

/** A call, from its first moment to what comes after it. */
export default function CallPage() {
  const { roomId = '' } = useParams();
  const me = useStore(signedIn)?.userId ?? '';
  const call = useCall(roomId, me);
  const t = useTexts(callTexts);
  if (call === null) return <Page title={t.titleUnknown}>{null}</Page>;
  // Another room is another call: nothing of what the page knew holds for it.
  return <Call key={roomId} call={call} roomId={roomId} me={me} />;
}

interface CallProps {
  readonly call: CallSession;
  readonly roomId: string;
  readonly me: string;
}

function Call({ call, roomId, me }: CallProps) {
  const t = useTexts(callTexts);
  const state = useStore(call.state);
  const name = state.terms === null ? null : isolate(state.terms.peer.name);
  useGuard(state.ended === null);
  if (state.ended !== null) {
    return (
      <Page title={t.endedTitle}>
        <Ended state={state} ended={state.ended} roomId={roomId} me={me} />
      </Page>
    );
  }
  const connecting = state.phase === 'setting-up' || state.phase === 'slow';
  return (
    <div className={css['screen']}>
      <Page title={name === null ? t.titleUnknown : t.title(name)} hideTitle wide>
        <Talk call={call} roomId={roomId} hidden={connecting} />
        {connecting && <Connecting call={call} />}
        <Said text={state.phase === 'talking' && name !== null ? t.talking(name) : ''} />
      </Page>
    </div>
  );
}

/** Says something to those who hear the page; after a moment it is gone, so that it is not found later. */
function Said({ text }: { readonly text: string }) {
  const [shown, setShown] = useState('');
  useEffect(() => {
    setShown(text);
    const timer = setTimeout(() => setShown(''), 5_000);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <div role="status" aria-live="polite">
      <Hidden>{shown}</Hidden>
    </div>
  );
}

/** Asks before the window is closed in the middle of a call. */
function useGuard(active: boolean): void {
  useEffect(() => {
    if (!active) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [active]);
}
