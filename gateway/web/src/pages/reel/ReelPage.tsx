import { useCallback, useEffect, useRef, useState } from 'react';
import { Page } from '../../app/Page';
import { paths } from '../../app/paths';
import { serverNow } from '../../app/clock';
import { useStore } from '../../app/store';
import { availability, inviting, lobby } from '../../away/here';
import { Button, Hidden, Icon, IconButton, LinkButton, Notice, Skeleton } from '../../design';
import { useTexts } from '../../i18n/texts';
import { FilterDialog } from '../../lobby/FilterDialog';
import css from '../../lobby/lobby.module.css';
import { PersonCard } from '../../lobby/PersonCard';
import { frontCard, neighbour, place, type Card } from '../../lobby/reel';
import { lobbyTexts } from '../../lobby/texts';
import { useMoving } from '../../lobby/useMoving';

const EXPIRED_MS = 5_000;

/** One person at a time: look, go on, invite. */
export default function ReelPage() {
  const t = useTexts(lobbyTexts);
  const reel = useStore(lobby.reel);
  const state = useStore(lobby.state);
  const [filtering, setFiltering] = useState(false);
  const stage = useRef<HTMLDivElement>(null);
  const card = frontCard(reel);
  const next = neighbour(reel, 1);
  const { index, count } = place(reel);

  useEffect(() => {
    availability.want(true);
    const timer = setInterval(() => lobby.tell({ type: 'passed', now: serverNow() }), EXPIRED_MS);
    return () => {
      clearInterval(timer);
      availability.want(false);
    };
  }, []);

  const move = useCallback((by: 1 | -1) => {
    const before = lobby.reel.get().front;
    lobby.tell({ type: 'moved', by });
    const { front } = lobby.reel.get();
    // What has no end of its own ends when the viewer has seen it.
    if (before !== null && before !== front && inviting.invites.get().outcomes.get(before)?.cooldownUntil === null) {
      inviting.dismiss(before);
    }
  }, []);
  useMoving(stage, move);

  return (
    <Page title={t.title} hideTitle wide>
      <div className={css['reel']}>
        <header className={css['top']}>
          <LinkButton to={paths.home} look="quiet">
            <Icon name="back" />
            <span className={css['homeText']}>{t.home}</span>
          </LinkButton>
          <p className={css['count']} role="status">
            {state === 'ready' && reel.total !== null && t.here(reel.total)}
          </p>
          <Button look="quiet" aria-haspopup="dialog" onClick={() => setFiltering(true)}>
            <Icon name="people" />
            {reel.genders.length === 0 ? t.filter : t.filtered(reel.genders.length)}
          </Button>
        </header>
        {filtering && (
          <FilterDialog
            genders={reel.genders}
            onChange={(genders) => lobby.tell({ type: 'filtered', genders })}
            onClose={() => setFiltering(false)}
          />
        )}
        <div ref={stage} className={css['stage']}>
          {card !== null && state !== 'closed' ? (
            <>
              {people(card, next).map((one) => (
                <PersonCard key={one.person.userId} card={one} front={one === card} />
              ))}
              <Dots index={index} count={count} />
            </>
          ) : (
            <Nobody />
          )}
        </div>
        {(card !== null || reel.atEnd) && (
          <nav className={css['moves']} aria-label={t.title}>
            <IconButton
              label={t.previous}
              look="secondary"
              disabled={reel.held !== null || neighbour(reel, -1) === null}
              onClick={() => move(-1)}
            >
              <Icon name="up" />
            </IconButton>
            <IconButton
              label={t.next}
              look="secondary"
              disabled={reel.held !== null || reel.atEnd}
              onClick={() => move(1)}
            >
              <Icon name="down" />
            </IconButton>
          </nav>
        )}
        <Hidden>
          <span role="status">
            {card !== null && t.announce(card.person.name, t[card.person.gender], index + 1, count)}
          </span>
          <span>{t.keys}</span>
        </Hidden>
      </div>
    </Page>
  );
}

/** The one in front, and behind it the next one, whose video is loaded meanwhile. */
function people(card: Card, next: Card | null): readonly Card[] {
  return next === null ? [card] : [next, card];
}

const DOTS = 10;

function Dots({ index, count }: { readonly index: number; readonly count: number }) {
  if (count < 2) return null;
  const first = Math.max(0, Math.min(index - DOTS / 2, count - DOTS));
  const dots = Math.min(DOTS, count);
  return (
    <div className={css['dots']} aria-hidden="true">
      {Array.from({ length: dots }, (_, dot) => (
        <span key={dot} data-now={first + dot === index || undefined} />
      ))}
      {count > DOTS && <small>+{count - DOTS}</small>}
    </div>
  );
}

/** Why no card is shown. */
function Nobody() {
  const t = useTexts(lobbyTexts);
  const reel = useStore(lobby.reel);
  const state = useStore(lobby.state);
  switch (state) {
    case 'closed':
      return (
        <Empty title={t.closed}>
          <LinkButton to={paths.paywall}>{t.unlock}</LinkButton>
        </Empty>
      );
    case 'loading':
      return (
        <div role="status" className={css['loading']}>
          <Hidden>{t.loading}</Hidden>
          <Skeleton className={css['cardSkeleton']} />
        </div>
      );
    case 'failed':
      return (
        <Empty title={t.title}>
          <Notice
            kind="bad"
            action={
              <Button look="secondary" onClick={() => void lobby.refresh()}>
                {t.retry}
              </Button>
            }
          >
            {t.failed}
          </Notice>
        </Empty>
      );
    case 'ready':
      if (reel.atEnd) {
        return (
          <Empty title={t.end} why={t.endWhy}>
            <Button onClick={() => lobby.tell({ type: 'restarted' })}>{t.again}</Button>
          </Empty>
        );
      }
      if (reel.genders.length > 0 && reel.cards.length > 0) {
        return (
          <Empty title={t.nobodyFits} why={t.emptyWhy}>
            <Button onClick={() => lobby.tell({ type: 'filtered', genders: [] })}>{t.showAll}</Button>
          </Empty>
        );
      }
      return <Empty title={t.empty} why={t.emptyWhy} />;
  }
}

function Empty({
  title,
  why,
  children,
}: {
  readonly title: string;
  readonly why?: string;
  readonly children?: React.ReactNode;
}) {
  return (
    <div className={css['empty']}>
      <Icon name="people" />
      <h2>{title}</h2>
      {why !== undefined && <p>{why}</p>}
      {children}
    </div>
  );
}
