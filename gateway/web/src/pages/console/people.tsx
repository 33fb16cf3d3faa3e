import { Link } from 'react-router';
import { consoleUserPath } from '../../app/paths';
import { Icon } from '../../design';
import css from './console.module.css';

/** Leads to all that is stored of somebody. */
export function PersonLink({ userId, name }: { readonly userId: string; readonly name: string }) {
  return (
    <Link to={consoleUserPath(userId)}>
      <bdi>{name}</bdi>
    </Link>
  );
}

/** A small picture of somebody whose name stands beside it. */
export function Portrait({ selfie }: { readonly selfie: string | undefined }) {
  return selfie === undefined ? (
    <span className={css['portrait']}>
      <Icon name="person" />
    </span>
  ) : (
    <img className={css['portrait']} src={selfie} alt="" loading="lazy" />
  );
}

interface MediaProps {
  readonly selfie: string | undefined;
  readonly video: string | undefined;
  readonly selfieOf: string;
  readonly videoOf: string;
}

/** What somebody shows of himself; the video is not loaded before it is played. */
export function Media({ selfie, video, selfieOf, videoOf }: MediaProps) {
  if (selfie === undefined && video === undefined) return null;
  return (
    <div className={css['media']}>
      {selfie !== undefined && <img src={selfie} alt={selfieOf} loading="lazy" />}
      {video !== undefined && <video src={video} aria-label={videoOf} controls preload="none" playsInline />}
    </div>
  );
}
