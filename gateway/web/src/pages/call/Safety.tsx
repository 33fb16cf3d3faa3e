import { type FormEvent, useId, useState } from 'react';
import { api, of } from '../../api/client';
import { ApiError } from '../../api/refusal';
import { lobby } from '../../away/here';
import type { Peer } from '../../call/state';
import { Button, Dialog, Notice, Select, TextArea } from '../../design';
import { isolate } from '../../i18n/isolate';
import { useTexts } from '../../i18n/texts';
import css from './call.module.css';
import { callTexts } from './texts';

interface SafetyProps {
  readonly peer: Peer;
  /** Whether a running call of the two ends with it. */
  readonly endCall: boolean;
  readonly onClose: () => void;
  /** Told when it is asked for, and with false when it failed: the call may end before the answer. */
  readonly onAsked?: (asked: boolean) => void;
  /** Told once it is done. */
  readonly onDone?: () => void;
}

type Standing = 'open' | 'sending' | 'done' | 'failed' | 'before';

/** As much as the gateway takes. */
const LONGEST_REASON = 1_000;

export function ReportDialog({ peer, roomId, endCall, onClose, onAsked, onDone }: SafetyProps & { readonly roomId: string }) {
  const t = useTexts(callTexts);
  const form = useId();
  const [standing, setStanding] = useState<Standing>('open');
  const [what, setWhat] = useState(t.reportHarassment);
  const [more, setMore] = useState('');
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (standing === 'sending') return;
    setStanding('sending');
    onAsked?.(true);
    const reason = (more.trim() === '' ? what : `${what}: ${more.trim()}`).slice(0, LONGEST_REASON);
    of(api.POST('/report/user', { body: { reportedUserId: peer.userId, reason, roomId, endCall } })).then(
      () => {
        // The reel keeps whoever it showed last; these two are not to see each other.
        lobby.tell({ type: 'dropped', userId: peer.userId });
        setStanding('done');
        onDone?.();
      },
      (cause: unknown) => {
        const before = cause instanceof ApiError && cause.body['alreadyReported'] === true;
        onAsked?.(false);
        setStanding(before ? 'before' : 'failed');
      },
    );
  };
  const over = standing === 'done' || standing === 'before';
  return (
    <Dialog
      title={t.reportTitle(isolate(peer.name))}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            {t.close}
          </Button>
          {!over && (
            <Button type="submit" form={form} look="danger" busy={standing === 'sending'}>
              {t.reportSend}
            </Button>
          )}
        </>
      }
    >
      {standing === 'done' && <Notice kind="good">{t.reported}</Notice>}
      {standing === 'before' && <Notice kind="note">{t.reportedBefore}</Notice>}
      {standing === 'failed' && <Notice kind="bad">{t.reportFailed}</Notice>}
      {!over && (
        <form id={form} className={css['form']} onSubmit={send}>
          <Select label={t.reportWhy} value={what} onChange={(event) => setWhat(event.target.value)}>
            {[t.reportHarassment, t.reportNudity, t.reportMinor, t.reportFraud, t.reportOther].map((one) => (
              <option key={one}>{one}</option>
            ))}
          </Select>
          <TextArea
            label={t.reportMore}
            hint={t.reportHint}
            maxLength={800}
            dir="auto"
            value={more}
            onChange={(event) => setMore(event.target.value)}
          />
        </form>
      )}
    </Dialog>
  );
}

export function BlockDialog({ peer, endCall, onClose, onAsked, onDone }: SafetyProps) {
  const t = useTexts(callTexts);
  const [standing, setStanding] = useState<Standing>('open');
  const block = () => {
    setStanding('sending');
    onAsked?.(true);
    of(api.POST('/user/blocks', { body: { userId: peer.userId, endCall } })).then(
      () => {
        lobby.tell({ type: 'dropped', userId: peer.userId });
        setStanding('done');
        onDone?.();
      },
      () => {
        onAsked?.(false);
        setStanding('failed');
      },
    );
  };
  return (
    <Dialog
      title={t.blockTitle(isolate(peer.name))}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            {t.close}
          </Button>
          {standing !== 'done' && (
            <Button look="danger" busy={standing === 'sending'} onClick={block}>
              {t.blockNow}
            </Button>
          )}
        </>
      }
    >
      {standing === 'failed' && <Notice kind="bad">{t.blockFailed}</Notice>}
      {standing === 'done' ? <Notice kind="good">{t.blocked}</Notice> : <p>{t.blockHint}</p>}
    </Dialog>
  );
}
