import { type RefObject, useId, useRef, useState } from 'react';
import { serverNow } from '../app/clock';
import { useStore } from '../app/store';
import { cooldownReasons, inviting } from '../away/here';
import { Badge, Button, classes, Icon, IconButton } from '../design';
import { clock } from '../i18n/format';
import { useTexts } from '../i18n/texts';
import { agreedSeconds, EXTENSIONS_MAX, LONGEST_CALL, SHORTEST_CALL } from '../invite/invites';
import { LengthSlider, useLength } from '../invite/LengthSlider';
import { invitable, statusOf } from '../invite/status';
import { StatusBanner } from '../invite/StatusBanner';
import { inviteTexts } from '../invite/texts';
import { BlockDialog } from './BlockDialog';
import { IntroduceDialog } from './IntroduceDialog';
import { IntroVideo } from './IntroVideo';
import css from './lobby.module.css';
import type { Card } from './reel';
import { lobbyTexts } from './texts';

interface PersonCardProps {
  readonly card: Card;
  /** False: it only gets its video ready behind the one in front. */
  readonly front: boolean;
}

/** Somebody over the whole stage. */
export function PersonCard({ card, front }: PersonCardProps) {
  const element = useRef<HTMLElement>(null);
  return (
    <article
      ref={element}
      className={classes(css['card'], !front && css['behind'], !card.here && css['gone'])}
      aria-label={card.person.name}
      data-user={card.person.userId}
      inert={!front}
    >
      <IntroVideo person={card.person} front={front} />
      {front && (
        <>
          <Who card={card} />
          <Inviter card={card} element={element} />
        </>
      )}
    </article>
  );
}

function Who({ card }: { readonly card: Card }) {
  const t = useTexts(lobbyTexts);
  const { person, introduced, introducedBy, here } = card;
  const [asking, setAsking] = useState<'block' | 'introduce' | null>(null);
  return (
    <div className={css['who']}>
      {person.selfieUrl ? <img className={css['selfie']} src={person.selfieUrl} alt="" /> : null}
      <div className={css['whoText']}>
        <h2 className={css['name']}>
          <bdi>{person.name}</bdi>
        </h2>
        <div className={css['badges']}>
          <Badge>{t[person.gender]}</Badge>
          <Badge>{here ? t.online : t.left(person.name)}</Badge>
          {introduced && <Badge>{introducedBy === null ? t.introduced : t.introducedBy(introducedBy)}</Badge>}
        </div>
      </div>
      <div className={css['more']}>
        <IconButton label={t.introduceTo(person.name)} className={css['round']} onClick={() => setAsking('introduce')}>
          <Icon name="share" />
        </IconButton>
        <IconButton label={t.block(person.name)} className={css['round']} onClick={() => setAsking('block')}>
          <Icon name="block" />
        </IconButton>
      </div>
      {asking === 'block' && <BlockDialog person={person} onClose={() => setAsking(null)} />}
      {asking === 'introduce' && <IntroduceDialog person={person} onClose={() => setAsking(null)} />}
    </div>
  );
}

function Inviter({ card, element }: { readonly card: Card; readonly element: RefObject<HTMLElement | null> }) {
  const t = useTexts(inviteTexts);
  const invites = useStore(inviting.invites);
  const [seconds, setSeconds] = useLength();
  const [choosing, setChoosing] = useState(false);
  const lengthId = useId();
  const { person } = card;
  const { outgoing } = invites;
  const now = serverNow();
  const status = statusOf(card, invites, now);
  return (
    <>
      <StatusBanner
        name={person.name}
        status={status}
        reason={cooldownReasons.of(person.userId)}
        card={element}
        onDismiss={() => inviting.dismiss(person.userId)}
      />
      {choosing && outgoing === null && (
        <div id={lengthId} className={css['lengthPanel']}>
          <LengthSlider
            label={t.length}
            seconds={seconds}
            onChange={setSeconds}
            outcome={t.between(
              clock(agreedSeconds(seconds, SHORTEST_CALL)),
              clock(agreedSeconds(seconds, LONGEST_CALL)),
            )}
          />
        </div>
      )}
      <div className={css['controls']}>
        {outgoing?.to.userId === person.userId ? (
          <>
            <Button
              look="secondary"
              disabled={outgoing.phase !== 'waiting' || outgoing.extensions >= EXTENSIONS_MAX}
              onClick={() => void inviting.extend()}
            >
              {t.waitLonger(EXTENSIONS_MAX - outgoing.extensions)}
            </Button>
            <Button look="danger" busy={outgoing.phase === 'withdrawing'} onClick={() => void inviting.withdraw()}>
              {outgoing.phase === 'withdrawing' ? t.cancelling : t.cancel}
            </Button>
          </>
        ) : (
          <>
            <Button
              look="secondary"
              className={css['lengthButton']}
              aria-expanded={choosing}
              aria-controls={lengthId}
              aria-label={t.lengthIs(clock(seconds))}
              onClick={() => setChoosing(!choosing)}
            >
              <Icon name="clock" />
              {clock(seconds)}
            </Button>
            <Button disabled={!invitable(card, invites, now)} onClick={() => void inviting.invite(person, seconds)}>
              <Icon name="phone" />
              <span className={css['inviteText']}>
                {status?.until != null && status.kind !== 'waiting' ? t.cannot : t.invite(person.name)}
              </span>
            </Button>
          </>
        )}
      </div>
    </>
  );
}
