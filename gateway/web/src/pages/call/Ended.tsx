import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { api, of } from '../../api/client';
import { serverNow } from '../../app/clock';
import { callPath, paths } from '../../app/paths';
import { useStore } from '../../app/store';
import { TalkAgain } from '../../call/again';
import { after } from '../../call/browserWorld';
import type { CallState, Ended as HowItEnded, EndReason, Peer } from '../../call/state';
import { Button, Card, LinkButton, Notice } from '../../design';
import { clock, dateTime } from '../../i18n/format';
import { isolate } from '../../i18n/isolate';
import { useTexts } from '../../i18n/texts';
import { connection } from '../../socket/connection';
import { useEvent } from '../../socket/useEvent';
import css from './call.module.css';
import { BlockDialog, ReportDialog } from './Safety';
import { callTexts } from './texts';

interface EndedProps {
  readonly state: CallState;
  readonly ended: HowItEnded;
  readonly roomId: string;
  readonly me: string;
}

/** Whoever is kept from a call by others has nothing to agree on. */
const sanctions: ReadonlySet<EndReason> = new Set(['banned', 'reported', 'moderated']);

/** What became of the call, and what can come next. */
export function Ended({ state, ended, roomId, me }: EndedProps) {
  const t = useTexts(callTexts);
  const peer = state.terms?.peer ?? null;
  const name = peer === null ? '' : isolate(peer.name);
  const [apart, setApart] = useState(state.parting !== null);
  const [asking, setAsking] = useState<'report' | 'block' | null>(null);
  const until = ended.cooldownExpiry;
  const talked = ended.reason !== 'setup_failed' && ended.reason !== 'gone';
  return (
    <div className={css['ended']} role="status">
      <p className={css['endedWhy']}>{why(t, state, ended, name)}</p>
      {talked && <p className={css['endedTime']}>{t.talked(clock(ended.duration))}</p>}
      {talked && !sanctions.has(ended.reason) && peer !== null && !apart && state.terms !== null && (
        <Reunion
          roomId={roomId}
          me={me}
          peer={peer}
          isInitiator={state.terms.isInitiator}
          seconds={state.terms.agreedSeconds}
        />
      )}
      {until !== null && until > serverNow() && !apart && <p className={css['hint']}>{t.cooldown(dateTime(until))}</p>}
      <div className={css['endedActions']}>
        <LinkButton to={paths.reel}>{t.next}</LinkButton>
        {talked && (
          <LinkButton to={paths.history} look="secondary">
            {t.toHistory}
          </LinkButton>
        )}
        <LinkButton to={paths.home} look="quiet">
          {t.home}
        </LinkButton>
      </div>
      {peer !== null && state.parting === null && (
        <div className={css['endedActions']}>
          <Button look="quiet" onClick={() => setAsking('report')}>
            {t.report}
          </Button>
          <Button look="quiet" onClick={() => setAsking('block')}>
            {t.block}
          </Button>
        </div>
      )}
      {asking === 'report' && peer !== null && (
        <ReportDialog
          peer={peer}
          roomId={roomId}
          endCall={false}
          onClose={() => setAsking(null)}
          onDone={() => setApart(true)}
        />
      )}
      {asking === 'block' && peer !== null && (
        <BlockDialog peer={peer} endCall={false} onClose={() => setAsking(null)} onDone={() => setApart(true)} />
      )}
    </div>
  );
}

function why(t: Texts, state: CallState, ended: HowItEnded, name: string): string {
  if (state.parting === 'blocked') return t.endedByBlock(name);
  if (state.parting === 'reported') return t.reported;
  switch (ended.reason) {
    case 'completed':
      return t.endedTime;
    case 'left':
      if (ended.timeUp) return t.endedTime;
      return ended.byMe ? t.endedByMe : t.endedByPeer(name);
    case 'peer_lost':
      return t.endedLost(name);
    case 'setup_failed':
      return ended.byMe ? t.endedByMe : t.endedSetup;
    case 'banned':
      return t.endedBanned;
    case 'reported':
      return t.endedReported;
    case 'moderated':
      return t.endedModerated;
    case 'server_stop':
      return t.endedServer;
    case 'gone':
      return t.endedGone;
  }
}

type Texts = ReturnType<typeof useTexts<(typeof callTexts)['en']>>;

interface ReunionProps {
  readonly roomId: string;
  readonly me: string;
  readonly peer: Peer;
  readonly isInitiator: boolean;
  readonly seconds: number;
}

/** Both can say that they would like to talk again; then they do. */
function Reunion(props: ReunionProps) {
  const { roomId, me, peer, isInitiator, seconds } = props;
  const [again, setAgain] = useState<TalkAgain | null>(null);
  useEffect(() => {
    const begun = new TalkAgain({
      roomId,
      me,
      peerId: peer.userId,
      isInitiator,
      seconds,
      connection,
      wish: async () => (await of(api.POST('/room/again', { body: { roomId } }))).agreed,
      after,
    });
    setAgain(begun);
    return () => begun.close();
  }, [roomId, me, peer.userId, isInitiator, seconds]);
  return again === null ? null : <Wishes again={again} peer={peer} />;
}

function Wishes({ again, peer }: { readonly again: TalkAgain; readonly peer: Peer }) {
  const t = useTexts(callTexts);
  const navigate = useNavigate();
  const { wished, peerWished, step } = useStore(again.state);
  const name = isolate(peer.name);
  useEvent('call:start', ({ roomId, peerUser }) => {
    if (peerUser.userId === peer.userId) void navigate(callPath(roomId), { replace: true });
  });
  return (
    <Card>
      <h2>{t.againTitle}</h2>
      <p aria-live="polite">
        {step === 'calling'
          ? t.againCalling
          : wished
            ? t.againWaiting(name)
            : peerWished
              ? t.againPeer(name)
              : t.againWhy(name)}
      </p>
      {step === 'failed' && <Notice kind="warn">{t.againFailed}</Notice>}
      {step !== 'calling' && !(wished && step === 'open') && (
        <Button busy={step === 'asking'} onClick={() => again.wish()}>
          {t.again}
        </Button>
      )}
    </Card>
  );
}
