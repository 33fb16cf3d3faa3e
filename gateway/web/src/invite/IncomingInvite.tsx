import { useCallback, useEffect, useRef, useState } from 'react';
import { useStore } from '../app/store';
import { useNow } from '../app/useNow';
import { inviting } from '../away/here';
import { Button, classes, Dialog, Hidden, Icon, Notice, toast } from '../design';
import { clock } from '../i18n/format';
import { useTexts } from '../i18n/texts';
import type { Person } from '../lobby/reel';
import { flashTitle, showNotice } from './attention';
import css from './invite.module.css';
import { agreedSeconds, type Incoming } from './invites';
import { LengthSlider } from './LengthSlider';
import { Ring, thisDevice } from './ring';
import { inviteTexts } from './texts';

const URGENT_SECONDS = 10;
const ring = new Ring(thisDevice);

/** Rings on whatever page the user is when somebody invites him. */
export function IncomingInvite() {
  const t = useTexts(inviteTexts);
  const { incoming, outgoing, missed } = useStore(inviting.invites);
  const soon = incoming !== null || outgoing !== null;
  useEffect(() => {
    // So that nothing has to be loaded between the answer and the call; without it the route loads it.
    if (soon) void import('../pages/call/CallPage').catch(() => undefined);
  }, [soon]);
  useEffect(() => {
    const ready = (): void => ring.makeReady();
    addEventListener('pointerdown', ready);
    addEventListener('keydown', ready);
    return () => {
      removeEventListener('pointerdown', ready);
      removeEventListener('keydown', ready);
    };
  }, []);
  const told = useRef<string | null>(null);
  useEffect(() => {
    if (missed === null || told.current === missed.inviteId) return;
    told.current = missed.inviteId;
    toast(t.missedToast(missed.from.name));
  }, [missed, t]);
  return incoming === null ? null : <Question key={incoming.inviteId} invite={incoming} />;
}

function Question({ invite }: { readonly invite: Incoming }) {
  const t = useTexts(inviteTexts);
  const { from, phase, problem, requestedSeconds } = invite;
  const [seconds, setSeconds] = useState(requestedSeconds);
  const accept = useRef<HTMLDivElement>(null);
  const ringing = phase === 'ringing';

  // After the dialog has been opened, which gives the focus to its first control.
  useEffect(() => accept.current?.querySelector('button')?.focus(), []);
  useEffect(() => {
    if (!ringing) return;
    ring.start();
    const title = flashTitle(t.incomingTitle(from.name));
    const notice = showNotice(t.incoming(from.name), t.wishes(from.name, clock(requestedSeconds)), 'invite');
    return () => {
      ring.stop();
      title.end();
      notice.end();
    };
  }, [ringing, from.name, requestedSeconds, t]);

  return (
    <Dialog
      alert
      title={t.incoming(from.name)}
      actions={
        <>
          <Button look="secondary" busy={phase === 'declining'} onClick={() => void inviting.decline()}>
            {t.decline}
          </Button>
          <div ref={accept}>
            <Button busy={phase === 'accepting'} onClick={() => void inviting.accept(seconds)}>
              <Icon name="phone" />
              {t.accept}
            </Button>
          </div>
        </>
      }
    >
      <div className={css['caller']}>
        <Face person={from} />
        <p>{t.wishes(from.name, clock(requestedSeconds))}</p>
      </div>
      <TimeLeft expiresAt={invite.expiresAt} />
      <LengthSlider
        label={t.yourWish}
        seconds={seconds}
        onChange={setSeconds}
        outcome={t.mean(clock(agreedSeconds(requestedSeconds, seconds)))}
      />
      {problem !== null && (
        <Notice kind="bad">
          {t.notAccepted} {problem}
        </Notice>
      )}
    </Dialog>
  );
}

function Face({ person }: { readonly person: Person }) {
  return (
    <div className={css['callerFace']}>
      {person.videoUrl ? (
        <video src={person.videoUrl} poster={person.selfieUrl ?? undefined} autoPlay muted loop playsInline aria-hidden="true" />
      ) : person.selfieUrl ? (
        <img src={person.selfieUrl} alt="" />
      ) : (
        <Icon name="person" />
      )}
    </div>
  );
}

/** Until the server ends the invite; it may be prolonged meanwhile. */
function TimeLeft({ expiresAt }: { readonly expiresAt: number }) {
  const t = useTexts(inviteTexts);
  const now = useNow(useCallback((at) => (expiresAt > at ? (expiresAt - at) % 1_000 || 1_000 : null), [expiresAt]));
  const longest = useRef(0);
  const left = Math.max(0, expiresAt - now);
  longest.current = Math.max(longest.current, left);
  const seconds = Math.ceil(left / 1_000);
  const urgent = seconds <= URGENT_SECONDS;
  return (
    <div className={classes(css['countdown'], urgent && css['urgent'])}>
      <progress aria-label={t.answerWithin} max={longest.current || 1} value={left} />
      <span role="timer">{t.seconds(seconds)}</span>
      <Hidden>
        <span role="status">{urgent ? t.secondsLeft(URGENT_SECONDS) : ''}</span>
      </Hidden>
    </div>
  );
}
