import { useRef, useState } from 'react';
import { Button, Notice, Progress } from '../design';
import { useTexts } from '../i18n/texts';
import { FilePick } from './FilePick';
import css from './media.module.css';
import { mediaTexts } from './texts';
import { useCamera } from './useCamera';
import { useObjectUrl } from './useObjectUrl';
import { useSending } from './useSending';

const SIDE = 800;
const QUALITY = 0.9;

/** A photo of oneself: taken or chosen, looked at, and sent when it pleases. */
export function SelfieTaker({ onSent }: { readonly onSent: () => void }) {
  const t = useTexts(mediaTexts);
  const camera = useCamera(false);
  const video = useRef<HTMLVideoElement | null>(null);
  // Before its first picture a camera that is on has nothing to take.
  const [live, setLive] = useState(false);
  const [taken, setTaken] = useState<Blob | null>(null);
  const url = useObjectUrl(taken);
  const { part, problem, send } = useSending('selfie', onSent);

  const shoot = () => {
    const from = video.current;
    if (from === null || from.videoWidth === 0) return;
    const side = Math.min(from.videoWidth, from.videoHeight);
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = Math.min(SIDE, side);
    canvas
      .getContext('2d')
      ?.drawImage(from, (from.videoWidth - side) / 2, (from.videoHeight - side) / 2, side, side, 0, 0, canvas.width, canvas.height);
    canvas.toBlob(
      (blob) => {
        setTaken(blob);
        camera.stop();
      },
      'image/jpeg',
      QUALITY,
    );
  };

  return (
    <div className={css['stage']}>
      {camera.state === 'asking' && <Notice>{t.asking}</Notice>}
      {camera.state === 'denied' && <Notice kind="bad">{t.denied}</Notice>}
      {problem !== undefined && <Notice kind="bad">{problem}</Notice>}
      {taken !== null && url !== undefined && <img src={url} alt={t.photo} />}
      {taken === null && camera.state === 'on' && (
        <video
          ref={(element) => {
            video.current = element;
            camera.show(element);
          }}
          className={css['mirrored']}
          aria-label={t.preview}
          autoPlay
          muted
          playsInline
          onLoadedData={() => setLive(true)}
        />
      )}
      {part !== null && <Progress label={t.sending} value={part} />}
      <div className={css['row']}>
        {taken !== null ? (
          <>
            <Button busy={part !== null} onClick={() => void send(taken)}>
              {t.use}
            </Button>
            <Button
              look="secondary"
              disabled={part !== null}
              onClick={() => {
                setTaken(null);
                setLive(false);
                void camera.start();
              }}
            >
              {t.again}
            </Button>
          </>
        ) : camera.state === 'on' ? (
          <Button disabled={!live} onClick={shoot}>{t.shoot}</Button>
        ) : (
          <Button busy={camera.state === 'asking'} onClick={() => void camera.start()}>
            {t.allow}
          </Button>
        )}
        <FilePick
          label={t.file}
          accept="image/jpeg,image/png,image/webp"
          onPick={(file) => {
            camera.stop();
            setTaken(file);
          }}
        />
      </div>
    </div>
  );
}
