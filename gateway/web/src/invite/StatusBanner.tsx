import { type RefObject, useCallback, useEffect, useId, useReducer, useState } from 'react';
import { useNow } from '../app/useNow';
import { Icon, IconButton, classes } from '../design';
import { useTexts } from '../i18n/texts';
import { isLarge, NEW_BANNER, reduceBanner } from './bannerSize';
import css from './invite.module.css';
import type { CooldownReason } from './reasons';
import { nextChange, remaining, type Remaining, type Status, type StatusKind } from './status';
import { inviteTexts } from './texts';

interface StatusBannerProps {
  /** The person of the card. */
  readonly name: string;
  /** Null: there is nothing to say. */
  readonly status: Status | null;
  /** Why a cooldown runs, when this device saw it begin. */
  readonly reason: CooldownReason | null;
  /** The card: the banner is large while the user is at it. */
  readonly card: RefObject<HTMLElement | null>;
  /** Closes what has no end of its own. */
  readonly onDismiss: () => void;
}

/**
 * How an invite to the person of a card stands, above the controls. The element that is read out is
 * always there; what appears in it later would not be heard otherwise.
 */
export function StatusBanner({ status, ...rest }: StatusBannerProps) {
  const until = status?.until ?? null;
  const now = useNow(useCallback((at) => (until === null ? null : nextChange(until, at)), [until]));
  const over = status !== null && until !== null && status.kind !== 'waiting' && until <= now;
  return (
    <div aria-live="polite" className={css['bannerPlace']}>
      {status !== null && !over && <Banner key={`${status.kind} ${status.reason}`} status={status} now={now} {...rest} />}
    </div>
  );
}

function Banner({
  name,
  status,
  reason,
  card,
  onDismiss,
  now,
}: StatusBannerProps & { readonly status: Status; readonly now: number }) {
  const t = useTexts(inviteTexts);
  const id = useId();
  const { large, press, settled } = useSize(card);
  const left = status.until === null ? null : remaining(status.until, now);
  return (
    <div
      className={classes(css['banner'], css[status.kind], large ? css['large'] : css['small'], settled && css['settled'])}
      data-status={status.kind}
    >
      <div id={id} className={css['bannerText']}>
        <strong>{titleOf(t, status.kind, name)}</strong>
        {left !== null && <Left left={left} />}
        {large && (
          <span className={css['why']}>
            {status.kind === 'waiting' ? t.cancelCosts : whyOf(t, status, reason, name)}
          </span>
        )}
      </div>
      <div className={css['bannerActions']}>
        <IconButton
          label={large ? t.minimise : t.expand}
          aria-expanded={large}
          aria-controls={id}
          className={css['bannerButton']}
          onClick={press}
        >
          <Icon name={large ? 'minimise' : 'expand'} />
        </IconButton>
        {status.kind !== 'waiting' && status.until === null && (
          <IconButton label={t.dismiss} className={css['bannerButton']} onClick={onDismiss}>
            <Icon name="close" />
          </IconButton>
        )}
      </div>
    </div>
  );
}

/** Not read out at each change: a timer is asked for its value. */
function Left({ left }: { readonly left: Remaining }) {
  const t = useTexts(inviteTexts);
  const time =
    left.unit === 'hours'
      ? t.hoursMinutes(left.hours, left.minutes)
      : left.unit === 'minutes'
        ? t.onlyMinutes(left.minutes)
        : t.onlySeconds(left.seconds);
  return (
    <span role="timer" aria-live="off">
      {t.left(time)}
    </span>
  );
}

type Texts = ReturnType<typeof useTexts<(typeof inviteTexts)['en']>>;

function titleOf(t: Texts, kind: StatusKind, name: string): string {
  switch (kind) {
    case 'waiting':
      return t.waiting(name);
    case 'declined':
      return t.declined;
    case 'no-response':
      return t.noResponse;
    case 'cooldown':
      return t.cooldown;
  }
}

function whyOf(t: Texts, { reason, message }: Status, cooldown: CooldownReason | null, name: string): string {
  switch (reason) {
    case 'user_declined':
      return t.theyDeclined(name);
    case 'timeout':
      return t.noAnswer(name);
    case 'withdrawn':
      return t.withdrawn;
    case 'offline':
    case 'user_not_found':
    case 'blocked':
      return t.offline(name);
    case 'busy':
      return t.busy(name);
    case 'rate_limited':
      return t.rateLimited;
    case 'payment_required':
      return t.paymentRequired;
    case 'invalid_target':
    case 'invalid_duration':
      return t.invalid;
    case 'failed':
      return message === null ? t.failed : `${t.failed} (${message})`;
    case 'cooldown':
    case null:
      return whyCooling(t, cooldown, name);
  }
}

function whyCooling(t: Texts, reason: CooldownReason | null, name: string): string {
  switch (reason) {
    case 'they-declined':
      return t.theyDeclined(name);
    case 'no-answer':
      return t.noAnswer(name);
    case 'withdrawn':
      return t.withdrawn;
    case 'you-declined':
      return t.youDeclined(name);
    case 'missed':
      return t.missed(name);
    case 'talked':
      return t.talked(name);
    case null:
      return t.cooling(name);
  }
}

/** Follows the pointer, fingers and the focus at the card. */
function useSize(card: RefObject<HTMLElement | null>) {
  const [size, tell] = useReducer(reduceBanner, NEW_BANNER, (fresh) =>
    reduceBanner(fresh, { type: 'appeared', now: performance.now() }),
  );
  const [, look] = useReducer((times: number) => times + 1, 0);
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    // The first frame is drawn where it belongs; only changes after it move.
    const frame = requestAnimationFrame(() => requestAnimationFrame(() => setSettled(true)));
    return () => cancelAnimationFrame(frame);
  }, []);
  useEffect(() => {
    const timer = setTimeout(look, Math.max(0, size.until - performance.now()) + 1);
    return () => clearTimeout(timer);
  }, [size.until]);
  useEffect(() => {
    const element = card.current;
    if (element === null) return;
    if (element.matches(':hover')) tell({ type: 'hovered', on: true });
    const pointer = (on: boolean) => (event: PointerEvent) => {
      if (event.pointerType === 'mouse' || event.pointerType === 'pen') tell({ type: 'hovered', on });
    };
    const touched = (event: PointerEvent) => {
      if (event.pointerType === 'touch') tell({ type: 'touched', now: performance.now() });
    };
    const focus = (event: FocusEvent) => {
      // A press with the mouse focuses too, and is not a wish to read.
      tell({ type: 'focused', on: event.target instanceof Element && event.target.matches(':focus-visible') });
    };
    const blur = (event: FocusEvent) => {
      if (!(event.relatedTarget instanceof Node) || !element.contains(event.relatedTarget)) {
        tell({ type: 'focused', on: false });
      }
    };
    const entered = pointer(true);
    const gone = pointer(false);
    element.addEventListener('pointerenter', entered);
    element.addEventListener('pointerleave', gone);
    element.addEventListener('pointerdown', touched);
    element.addEventListener('focusin', focus);
    element.addEventListener('focusout', blur);
    return () => {
      element.removeEventListener('pointerenter', entered);
      element.removeEventListener('pointerleave', gone);
      element.removeEventListener('pointerdown', touched);
      element.removeEventListener('focusin', focus);
      element.removeEventListener('focusout', blur);
    };
  }, [card]);
  return {
    large: isLarge(size, performance.now()),
    press: () => tell({ type: 'pressed', now: performance.now() }),
    settled,
  };
}

