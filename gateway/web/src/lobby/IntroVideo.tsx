import { useEffect, useRef, useState } from 'react';
import { classes, Icon, IconButton } from '../design';
import { useTexts } from '../i18n/texts';
import css from './lobby.module.css';
import type { Person } from './reel';
import { lobbyTexts } from './texts';

const KEY = 'napalmsky.reel-sound';

interface IntroVideoProps {
  readonly person: Person;
  /** In front: plays; otherwise it is only loaded. */
  readonly front: boolean;
}

/** Somebody's video over the whole card, with sound if the browser allows it; his picture without one. */
export function IntroVideo({ person, front }: IntroVideoProps) {
  const t = useTexts(lobbyTexts);
  const video = useRef<HTMLVideoElement>(null);
  const [broken, setBroken] = useState(false);
  const [wide, setWide] = useState(false);
  const [playing, setPlaying] = useState(false);
  const [sound, setSound] = useState(soundWanted);
  const shown = person.videoUrl && !broken;

  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    if (!front) {
      element.pause();
      return;
    }
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    element.muted = !soundWanted();
    void play(element).then(() => setSound(!element.muted));
  }, [front, shown]);

  if (!shown) {
    return (
      <div className={css['noVideo']}>
        {person.selfieUrl ? <img src={person.selfieUrl} alt="" /> : <Icon name="person" />}
        <p>{t.noVideo}</p>
      </div>
    );
  }
  return (
    <>
      {/* Intro videos have no captions: they are recorded by their users within a minute. */}
      <video
        ref={video}
        className={classes(css['video'], wide && css['wide'])}
        src={person.videoUrl ?? undefined}
        poster={person.selfieUrl ?? undefined}
        aria-label={t.videoOf(person.name)}
        preload="auto"
        loop
        playsInline
        onLoadedMetadata={({ currentTarget: { videoWidth, videoHeight } }) => setWide(videoWidth > videoHeight)}
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onError={() => setBroken(true)}
        onDoubleClick={() => toggle(video.current)}
      />
      {front && (
        <div className={css['videoControls']}>
          <IconButton label={playing ? t.pause : t.play} className={css['round']} onClick={() => toggle(video.current)}>
            <Icon name={playing ? 'pause' : 'play'} />
          </IconButton>
          <IconButton
            label={sound ? t.soundOff : t.soundOn}
            aria-pressed={sound}
            className={classes(css['round'], !sound && css['silent'])}
            onClick={() => {
              if (video.current !== null) video.current.muted = sound;
              rememberSound(!sound);
              setSound(!sound);
            }}
          >
            <Icon name="speaker" />
          </IconButton>
        </div>
      )}
    </>
  );
}

/** With sound if it is wanted and allowed, else without. */
async function play(video: HTMLVideoElement): Promise<void> {
  try {
    await video.play();
  } catch {
    video.muted = true;
    // Saving power, or the page was left: it is started by hand then.
    await video.play().catch(() => {});
  }
}

function toggle(video: HTMLVideoElement | null): void {
  if (video === null) return;
  if (video.paused) void play(video);
  else video.pause();
}

function soundWanted(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off';
  } catch {
    return true;
  }
}

function rememberSound(wanted: boolean): void {
  try {
    localStorage.setItem(KEY, wanted ? 'on' : 'off');
  } catch {
    // It holds for this video then.
  }
}
