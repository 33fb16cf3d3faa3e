import { useState } from 'react';
import { api, of, type Schema } from '../../api/client';
import { More } from '../../api/More';
import { usePages } from '../../api/usePages';
import { Waiting } from '../../api/Waiting';
import { Page } from '../../app/Page';
import { paths } from '../../app/paths';
import { Button, Card, Field, Icon, IconButton, LinkButton, Notice, toast } from '../../design';
import { Ask } from '../../forms/Ask';
import { clock, dateTime } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { session } from '../../session/session';
import css from '../form.module.css';
import { fits, said, type Talk } from './talk';
import looks from './history.module.css';
import { historyTexts } from './texts';

const PART = 20;

export default function HistoryPage() {
  const t = useTexts(historyTexts);
  const [words, setWords] = useState('');
  const [asking, setAsking] = useState<Talk | 'all'>();
  const talks = usePages(async (before, signal) => {
    const query = { limit: PART, ...(before === null ? {} : { before: Number(before) }) };
    const { history } = await of(api.GET('/room/history', { params: { query }, signal }));
    const last = history.at(-1);
    // A part that is not full is the last one.
    return { entries: history, next: last === undefined || history.length < PART ? null : String(last.startedAt) };
  });
  const known = talks.data ?? [];
  const shown = known.filter((talk) => fits(talk, words));
  return (
    <Page title={t.title}>
      <Waiting asked={talks} label={t.loading} />
      {talks.data?.length === 0 && talks.more === undefined && (
        <Notice action={<LinkButton to={paths.reel}>{t.meet}</LinkButton>}>{t.empty}</Notice>
      )}
      {known.length > 0 && (
        <Field label={t.search} type="search" value={words} onChange={(event) => setWords(event.target.value)} />
      )}
      {words.trim() !== '' && known.length > 0 && (
        <p role="status">
          {shown.length === 0 ? t.nothing : t.found(shown.length)} {talks.more !== undefined && t.notAll}
        </p>
      )}
      <ul className={css['list']}>
        {shown.map((talk) => (
          <li key={talk.roomId}>
            <Card>
              <div className={looks['head']}>
                <h2 dir="auto">{talk.partnerName}</h2>
                <IconButton label={t.remove(talk.partnerName, dateTime(talk.startedAt))} onClick={() => setAsking(talk)}>
                  <Icon name="trash" />
                </IconButton>
              </div>
              <p className={css['soft']}>
                {dateTime(talk.startedAt)} · {t.lasted(clock(talk.duration))}
              </p>
              {talk.messages.length === 0 ? <p className={css['soft']}>{t.noMessages}</p> : <Messages talk={talk} />}
            </Card>
          </li>
        ))}
      </ul>
      <More pages={talks}>{t.more}</More>
      {known.length > 0 && (
        <div>
          <Button look="quiet" onClick={() => setAsking('all')}>
            <Icon name="trash" />
            {t.removeAll}
          </Button>
        </div>
      )}
      {asking !== undefined && (
        <Removing
          what={asking}
          onClose={() => setAsking(undefined)}
          onRemoved={() => {
            toast(asking === 'all' ? t.goneAll : t.gone);
            setAsking(undefined);
            if (asking === 'all') talks.reload();
            else talks.change((before) => before.filter(({ roomId }) => roomId !== asking.roomId));
          }}
        />
      )}
    </Page>
  );
}

interface RemovingProps {
  readonly what: Talk | 'all';
  readonly onClose: () => void;
  readonly onRemoved: () => void;
}

/** Asks first, and says that the partner keeps his view. */
function Removing({ what, onClose, onRemoved }: RemovingProps) {
  const t = useTexts(historyTexts);
  const remove = async () => {
    if (what === 'all') await of(api.DELETE('/room/history'));
    else await of(api.DELETE('/room/history/{roomId}', { params: { path: { roomId: what.roomId } } }));
    onRemoved();
  };
  return (
    <Ask
      title={what === 'all' ? t.sureAll : t.sure(what.partnerName)}
      action={t.removeNow}
      onAction={remove}
      onClose={onClose}
    >
      <p>{what === 'all' ? t.whyAll : t.why}</p>
    </Ask>
  );
}

function Messages({ talk }: { readonly talk: Talk }) {
  const t = useTexts(historyTexts);
  const own = session.get()?.userId;
  const by = ({ from }: Schema<'Message'>) => (from === own ? 'own' : from === 'system' ? 'system' : 'partner');
  const name = { own: t.you, system: t.system, partner: talk.partnerName };
  return (
    <details>
      <summary>
        {t.messages} ({talk.messages.length})
      </summary>
      <ul className={looks['messages']}>
        {talk.messages.map((message, index) => (
          <li key={`${message.timestamp}-${index}`} className={looks[by(message)]}>
            <strong dir="auto">{name[by(message)]}</strong>
            {message.type === 'social' && ` (${t.shared})`}
            <p dir="auto">{said(message)}</p>
          </li>
        ))}
      </ul>
    </details>
  );
}
