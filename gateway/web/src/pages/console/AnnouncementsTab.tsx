import { type FormEvent, useState } from 'react';
import { of, type Schema } from '../../api/client';
import { Badge, Button, Card, Field, Select, TextArea, toast } from '../../design';
import { dateTime } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { PagedList } from './PagedList';
import { usePages } from '../../api/usePages';
import { desk } from './client';
import { ConfirmDialog } from './ConfirmDialog';
import css from './console.module.css';
import { daysOf, inDays } from './days';
import { consoleTexts } from './texts';
import { thingsTexts } from './thingsTexts';

type State = Schema<'AnnouncementState'>;
type Kept = Schema<'KeptAnnouncement'>;

const PAGE = 50;
const LONGEST_DAYS = 30;
const states = ['in_force', 'ended', 'withdrawn'] as const satisfies readonly State[];

/** What everybody is told. */
export function AnnouncementsTab() {
  const t = useTexts(thingsTexts);
  const shared = useTexts(consoleTexts);
  const [state, setState] = useState<State | ''>('');
  const [withdrawing, setWithdrawing] = useState<Kept>();
  const pages = usePages(async (before, signal) => {
    const query = {
      limit: PAGE,
      ...(state === '' ? {} : { state }),
      ...(before === null ? {} : { before }),
    };
    const { announcements, next } = await of(desk.GET('/admin/announcements', { params: { query }, signal }));
    return { entries: announcements, next };
  }, [state]);
  const withdraw = async ({ id }: Kept) => {
    await of(desk.DELETE('/admin/announcements/{id}', { params: { path: { id } } }));
    toast(t.withdrawn);
    pages.reload();
  };

  return (
    <>
      <AnnouncementForm onMade={pages.reload} />
      <h2>{t.announcements}</h2>
      <div className={css['filters']}>
        <Select label={t.state} value={state} onChange={(event) => setState(event.target.value as State | '')}>
          <option value="">{shared.any}</option>
          {states.map((one) => (
            <option key={one} value={one}>
              {t[`state_${one}`]}
            </option>
          ))}
        </Select>
      </div>
      <PagedList label={t.announcements} pages={pages} keyOf={(one) => one.id} empty={t.noAnnouncements}>
        {(one) => (
          <div className={css['text']}>
            <p className={css['quote']} dir="auto">
              {one.text}
            </p>
            <p className={css['row']}>
              <Badge>{t[`state_${one.state}`]}</Badge>
              <span className={css['soft']}>
                {dateTime(one.madeAt)} · {t.until(dateTime(one.withdrawnAt ?? one.endsAt))}
              </span>
            </p>
            {one.state === 'in_force' && (
              <div>
                <Button look="secondary" onClick={() => setWithdrawing(one)}>
                  {t.withdraw}
                </Button>
              </div>
            )}
          </div>
        )}
      </PagedList>
      {withdrawing !== undefined && (
        <ConfirmDialog
          title={t.withdrawAsk}
          act={t.withdraw}
          danger
          onDo={() => withdraw(withdrawing)}
          onClose={() => setWithdrawing(undefined)}
        >
          <p className={css['quote']} dir="auto">
            {withdrawing.text}
          </p>
          <p>{t.withdrawWhy}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

function AnnouncementForm({ onMade }: { readonly onMade: () => void }) {
  const t = useTexts(thingsTexts);
  const [text, setText] = useState('');
  const [days, setDays] = useState('1');
  const [asking, setAsking] = useState(false);
  const whole = daysOf(days, LONGEST_DAYS);

  const announce = async () => {
    if (whole === undefined) return;
    await of(desk.POST('/admin/announcements', { body: { text: text.trim(), endsAt: inDays(whole) } }));
    toast(t.announced);
    setText('');
    onMade();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (whole !== undefined && text.trim() !== '') setAsking(true);
  };

  return (
    <Card>
      <h2>{t.newAnnouncement}</h2>
      <form className={css['text']} onSubmit={submit}>
        <TextArea
          label={t.text}
          hint={t.textHint}
          required
          maxLength={500}
          rows={3}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Field
          label={t.monthDays}
          problem={whole === undefined ? t.monthDaysWrong : undefined}
          inputMode="numeric"
          required
          value={days}
          onChange={(event) => setDays(event.target.value)}
        />
        <div>
          <Button type="submit" disabled={whole === undefined}>
            {t.announce}
          </Button>
        </div>
      </form>
      {asking && (
        <ConfirmDialog title={t.announceAsk} act={t.announce} onDo={announce} onClose={() => setAsking(false)}>
          <p className={css['quote']} dir="auto">
            {text.trim()}
          </p>
        </ConfirmDialog>
      )}
    </Card>
  );
}
