import { type RefObject, useState } from 'react';
import { useStore } from '../../app/store';
import type { CallSession } from '../../call/callSession';
import { reactions } from '../../call/signs';
import { Icon, IconButton } from '../../design';
import { useTexts } from '../../i18n/texts';
import css from './call.module.css';
import { DevicePicker } from './DevicePicker';
import { BlockDialog, ReportDialog } from './Safety';
import type { PictureInPicture } from './screen';
import { ShareDialog } from './ShareDialog';
import { callTexts } from './texts';

interface ControlsProps {
  readonly call: CallSession;
  readonly roomId: string;
  readonly pip: PictureInPicture;
  readonly sink: string;
  readonly onSink: (deviceId: string) => void;
  readonly chatButton: RefObject<HTMLButtonElement | null>;
}

type Shown = 'devices' | 'share' | 'report' | 'block' | null;

/** Everything that can be done in a call, within reach of a thumb. */
export function Controls({ call, roomId, pip, sink, onSink, chatButton }: ControlsProps) {
  const t = useTexts(callTexts);
  const { terms, leaving } = useStore(call.state);
  const { microphone, camera, cameras } = useStore(call.media.shown);
  const { unread, open } = useStore(call.chat);
  const [shown, setShown] = useState<Shown>(null);
  const [reacting, setReacting] = useState(false);
  const [more, setMore] = useState(false);
  const close = () => setShown(null);
  const peer = terms?.peer;
  return (
    <div className={css['controls']}>
      {reacting && (
        <div className={css['tray']} role="group" aria-label={t.react} id="reactions">
          {reactions.map((reaction) => (
            <IconButton key={reaction} label={t.reactWith(reaction)} onClick={() => call.react(reaction)}>
              <span aria-hidden="true">{reaction}</span>
            </IconButton>
          ))}
        </div>
      )}
      {more && (
        <div className={css['tray']} role="group" aria-label={t.more} id="more">
          {cameras.length > 1 && (
            <IconButton label={t.flip} disabled={!camera} onClick={() => call.media.flip()}>
              <Icon name="flip" />
            </IconButton>
          )}
          <IconButton label={t.devices} onClick={() => setShown('devices')}>
            <Icon name="settings" />
          </IconButton>
          {pip.possible && (
            <IconButton label={t.pip} aria-pressed={pip.on} onClick={pip.toggle}>
              <Icon name="picture" />
            </IconButton>
          )}
          <IconButton label={t.share} onClick={() => setShown('share')}>
            <Icon name="share" />
          </IconButton>
          <IconButton label={t.block} onClick={() => setShown('block')}>
            <Icon name="block" />
          </IconButton>
        </div>
      )}
      <div className={css['row']}>
        <IconButton
          label={microphone ? t.micOn : t.micOff}
          look={microphone ? 'secondary' : 'primary'}
          onClick={() => call.media.setMicrophone(!microphone)}
        >
          <Icon name={microphone ? 'mic' : 'micOff'} />
        </IconButton>
        <IconButton
          label={camera ? t.cameraOn : t.cameraOff}
          look={camera ? 'secondary' : 'primary'}
          onClick={() => call.media.setCamera(!camera)}
        >
          <Icon name={camera ? 'camera' : 'cameraOff'} />
        </IconButton>
        <IconButton
          label={t.react}
          look="secondary"
          aria-expanded={reacting}
          aria-controls={reacting ? 'reactions' : undefined}
          onClick={() => {
            setReacting(!reacting);
            setMore(false);
          }}
        >
          <Icon name="heart" />
        </IconButton>
        <span className={css['chatButton']}>
          <button
            ref={chatButton}
            type="button"
            className={css['round']}
            aria-label={unread > 0 ? t.chatUnread(unread) : t.chat}
            title={t.chat}
            aria-expanded={open}
            onClick={() => call.openChat(!open)}
          >
            <Icon name="chat" />
          </button>
          {unread > 0 && (
            <span className={css['unread']} aria-hidden="true">
              {unread > 99 ? '99+' : unread}
            </span>
          )}
        </span>
        <IconButton
          label={t.more}
          look="secondary"
          aria-expanded={more}
          aria-controls={more ? 'more' : undefined}
          onClick={() => {
            setMore(!more);
            setReacting(false);
          }}
        >
          <Icon name="menu" />
        </IconButton>
        <IconButton label={t.report} look="secondary" onClick={() => setShown('report')}>
          <Icon name="flag" />
        </IconButton>
        <IconButton label={t.end} look="danger" disabled={leaving} onClick={() => call.end()}>
          <Icon name="end" />
        </IconButton>
      </div>
      {shown === 'devices' && <DevicePicker media={call.media} sink={sink} onSink={onSink} onClose={close} />}
      {shown === 'share' && peer && <ShareDialog call={call} name={peer.name} onClose={close} />}
      {shown === 'report' && peer && (
        <ReportDialog
          peer={peer}
          roomId={roomId}
          endCall
          onClose={close}
          onAsked={(asked) => call.parts(asked ? 'reported' : null)}
        />
      )}
      {shown === 'block' && peer && (
        <BlockDialog
          peer={peer}
          endCall
          onClose={close}
          onAsked={(asked) => call.parts(asked ? 'blocked' : null)}
        />
      )}
    </div>
  );
}
