import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { api, of, type Schema } from '../../api/client';
import { useQuery } from '../../api/useQuery';
import { Waiting } from '../../api/Waiting';
import { paths } from '../../app/paths';
import { Badge, Button, Card, Notice, Person } from '../../design';
import { Ask } from '../../forms/Ask';
import { date } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { meet } from '../../lobby/meet';
import { useEvent } from '../../socket/useEvent';
import css from '../form.module.css';
import { introductionTexts } from './texts';

type Introduction = Schema<'Introductions'>['introductions'][number];

/** Whether somebody is here changes by itself. */
const EVERY_MS = 20_000;

/** People who were introduced to this user; seeing them here marks their news as read. */
export function Introduced() {
  const t = useTexts(introductionTexts);
  const people = useQuery((signal) => of(api.GET('/referral/my-introductions', { signal })));
  const news = useQuery((signal) => of(api.GET('/referral/notifications', { signal })));
  const [removing, setRemoving] = useState<Introduction>();
  const { reload, replace } = people;
  const { reload: reloadNews } = news;
  useEvent('referral:notification', () => {
    reload();
    reloadNews();
  });
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) reload();
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [reload]);

  // Who was new when the page was opened stays marked until it is left.
  const fresh = useRef(new Set<string>());
  for (const one of news.data?.notifications ?? []) if (!one.read) fresh.current.add(one.referredUserId);
  useEffect(() => {
    for (const { id, read } of news.data?.notifications ?? []) {
      // Not noted, it is new the next time too.
      if (!read) of(api.PUT('/referral/notifications/{id}/read', { params: { path: { id } } })).catch(() => undefined);
    }
  }, [news.data]);

  const introductions = people.data?.introductions ?? [];
  return (
    <Card>
      <h2>{t.people}</h2>
      <p>{t.peopleWhy}</p>
      <Waiting asked={people} label={t.loading} />
      {people.data !== undefined && introductions.length === 0 && <Notice>{t.nobody}</Notice>}
      <ul className={css['rows']}>
        {introductions.map((one) => (
          <li key={one.userId}>
            <Somebody person={one} fresh={fresh.current.has(one.userId)} onRemove={() => setRemoving(one)} />
          </li>
        ))}
      </ul>
      {removing !== undefined && (
        <Removing
          person={removing}
          onClose={() => setRemoving(undefined)}
          onRemoved={() => {
            setRemoving(undefined);
            replace((known) => ({
              ...known,
              introductions: known.introductions.filter(({ userId }) => userId !== removing.userId),
            }));
          }}
        />
      )}
    </Card>
  );
}

interface SomebodyProps {
  readonly person: Introduction;
  readonly fresh: boolean;
  readonly onRemove: () => void;
}

function Somebody({ person, fresh, onRemove }: SomebodyProps) {
  const t = useTexts(introductionTexts);
  const navigate = useNavigate();
  const { name } = person;
  return (
    <Person
      name={name}
      selfieUrl={person.selfieUrl}
      actions={
        <>
          {person.isAvailable && (
            <Button
              aria-label={t.meetWhom(name)}
              onClick={() => {
                meet(person);
                void navigate(paths.reel);
              }}
            >
              {t.meet}
            </Button>
          )}
          <Button look="secondary" aria-label={t.removeWhom(name)} onClick={onRemove}>
            {t.remove}
          </Button>
        </>
      }
    >
      <p>{t.by(person.introducedBy, date(person.timestamp))}</p>
      <p>
        {fresh && <Badge>{t.fresh}</Badge>} {person.isAvailable ? t.available : person.isOnline ? t.online : t.away}
      </p>
    </Person>
  );
}

interface RemovingProps {
  readonly person: Introduction;
  readonly onClose: () => void;
  readonly onRemoved: () => void;
}

function Removing({ person, onClose, onRemoved }: RemovingProps) {
  const t = useTexts(introductionTexts);
  const { userId, name } = person;
  const remove = async () => {
    await of(api.DELETE('/referral/introductions/{userId}', { params: { path: { userId } } }));
    onRemoved();
  };
  return (
    <Ask title={t.removeSure(name)} action={t.remove} onAction={remove} onClose={onClose}>
      <p>{t.removeWhy(name)}</p>
    </Ask>
  );
}
