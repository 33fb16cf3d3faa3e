import { useEffect, useRef, useState } from 'react';
import { Button, Notice, Progress } from '../design';
import { clock } from '../i18n/format';
import { useTexts } from '../i18n/texts';
import { FilePick } from './FilePick';
import css from './media.module.css';
import { mediaTexts } from './texts';
import { useCamera } from './useCamera';
import { useObjectUrl } from './useObjectUrl';
import { useSending } from './useSending';

const MOST_SECONDS = 60;
const COUNTDOWN = 3;
const TYPES = ['video/webm;codecs=vp9,opus', 'video/webm;codecs=vp8,opus', 'video/webm', 'video/mp4'];

/** A video of oneself of at most a minute: counted down, watched, filmed anew or sent. */
export function IntroRecorder({ onSent }: { readonly onSent: () => void }) {
  const t = useTexts(mediaTexts);
  const camera = useCamera(true);
  const recorder = useRef<MediaRecorder | null>(null);
  const [countdown, setCountdown] = useState(0);
  const [gone, setGone] = useState<number | null>(null);
  const [film, setFilm] = useState<Blob | null>(null);
  const url = useObjectUrl(film);
  const { part, problem, send } = useSending('video', onSent);
  const { stream, stop } = camera;

  useEffect(() => {
    if (countdown === 0) return;
    const timer = setTimeout(() => {
      setCountdown(countdown - 1);
      if (countdown === 1 && stream !== null) begin(stream);
    }, 1000);
    return () => clearTimeout(timer);
  }, [countdown, stream]);

  useEffect(() => {
    if (gone === null) return;
    if (gone >= MOST_SECONDS) {
      recorder.current?.stop();
      return;
    }
    const timer = setTimeout(() => setGone(gone + 1), 1000);
    return () => clearTimeout(timer);
  }, [gone]);

  const begin = (from: MediaStream) => {
    const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
    const made = new MediaRecorder(from, {
      ...(mimeType === undefined ? {} : { mimeType }),
      videoBitsPerSecond: 1_500_000,
      audioBitsPerSecond: 64_000,
    });
    const chunks: Blob[] = [];
    made.ondataavailable = ({ data }) => chunks.push(data);
    made.onstop = () => {
      setGone(null);
      setFilm(new Blob(chunks, { type: made.mimeType.split(';', 1)[0] ?? 'video/webm' }));
      stop();
    };
    recorder.current = made;
    made.start(1000);
    setGone(0);
  };

  return (
    <div className={css['stage']}>
      {camera.state === 'asking' && <Notice>{t.asking}</Notice>}
      {camera.state === 'denied' && <Notice kind="bad">{t.denied}</Notice>}
      {problem !== undefined && <Notice kind="bad">{problem}</Notice>}
      {film !== null && url !== undefined && <video src={url} aria-label={t.film} controls playsInline />}
      {film === null && camera.state === 'on' && (
        <video ref={camera.show} className={css['mirrored']} aria-label={t.preview} autoPlay muted playsInline />
      )}
      {countdown > 0 && <p role="status">{t.soon(countdown)}</p>}
      {gone !== null && <p>{t.recording(clock(gone))}</p>}
      {part !== null && <Progress label={t.sending} value={part} />}
      <div className={css['row']}>
        {film !== null ? (
          <>
            <Button busy={part !== null} onClick={() => void send(film)}>
              {t.use}
            </Button>
            <Button
              look="secondary"
              disabled={part !== null}
              onClick={() => {
                setFilm(null);
                void camera.start();
              }}
            >
              {t.again}
            </Button>
          </>
        ) : gone !== null ? (
          <Button disabled={gone < 2} onClick={() => recorder.current?.stop()}>
            {t.stop}
          </Button>
        ) : camera.state === 'on' ? (
          <Button disabled={countdown > 0} onClick={() => setCountdown(COUNTDOWN)}>
            {t.record}
          </Button>
        ) : (
          <Button busy={camera.state === 'asking'} onClick={() => void camera.start()}>
            {t.allow}
          </Button>
        )}
        {gone === null && countdown === 0 && (
          <FilePick
            label={t.file}
            accept="video/webm,video/mp4"
            onPick={(file) => {
              stop();
              setFilm(file);
            }}
          />
        )}
      </div>
    </div>
  );
}
