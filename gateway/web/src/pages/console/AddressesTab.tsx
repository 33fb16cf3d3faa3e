import { type FormEvent, useState } from 'react';
import { of, type Schema } from '../../api/client';
import { explain } from '../../api/explain';
import { Button, Card, Field, Notice, toast } from '../../design';
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

type IpBan = Schema<'IpBan'>;

const PAGE = 50;

/** Addresses and networks from which nobody gets in. */
export function AddressesTab() {
  const t = useTexts(thingsTexts);
  const [lifting, setLifting] = useState<IpBan>();
  const pages = usePages(async (before, signal) => {
    const query = { limit: PAGE, ...(before === null ? {} : { before }) };
    const { ipBans, next } = await of(desk.GET('/report/ip-bans', { params: { query }, signal }));
    return { entries: ipBans, next };
  });
  const lift = async ({ banId }: IpBan) => {
    await of(desk.DELETE('/report/ip-bans/{banId}', { params: { path: { banId } } }));
    toast(t.lifted);
    pages.change((bans) => bans.filter((ban) => ban.banId !== banId));
  };

  return (
    <>
      <AddressForm onBanned={pages.reload} />
      <h2>{t.addresses}</h2>
      <PagedList label={t.addresses} pages={pages} keyOf={(ban) => ban.banId} empty={t.noAddresses}>
        {(ban) => (
          <div className={css['text']}>
            <h3 className={css['code']}>{ban.ipAddress}</h3>
            <p dir="auto">{ban.reason}</p>
            <p className={css['soft']}>
              {t.since(dateTime(ban.bannedAt))}
              {ban.until !== undefined && ` · ${t.until(dateTime(ban.until))}`}
            </p>
            <div>
              <Button look="secondary" onClick={() => setLifting(ban)}>
                {t.lift}
              </Button>
            </div>
          </div>
        )}
      </PagedList>
      {lifting !== undefined && (
        <ConfirmDialog
          title={t.liftAsk(lifting.ipAddress)}
          act={t.lift}
          onDo={() => lift(lifting)}
          onClose={() => setLifting(undefined)}
        >
          <p>{t.liftWhy}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

/** Looks an address up, or bans it. */
function AddressForm({ onBanned }: { readonly onBanned: () => void }) {
  const t = useTexts(thingsTexts);
  const shared = useTexts(consoleTexts);
  const [ip, setIp] = useState('');
  const [reason, setReason] = useState('');
  const [days, setDays] = useState('');
  const [asking, setAsking] = useState(false);
  const [checking, setChecking] = useState(false);
  const [answer, setAnswer] = useState<{ readonly kind: 'note' | 'warn' | 'bad'; readonly text: string }>();
  const whole = daysOf(days);
  const wrong = days.trim() !== '' && whole === undefined;
  const address = ip.trim();

  const check = async () => {
    if (checking || address === '') return;
    setChecking(true);
    setAnswer(undefined);
    try {
      const { ipBan } = await of(desk.GET('/report/check-ip/{ip}', { params: { path: { ip: address } } }));
      setAnswer(
        ipBan === null
          ? { kind: 'note', text: t.notBanned(address) }
          : { kind: 'warn', text: t.bannedBy(ipBan.ipAddress, ipBan.reason) },
      );
    } catch (cause) {
      setAnswer({ kind: 'bad', text: explain(cause) });
    } finally {
      setChecking(false);
    }
  };
  const ban = async () => {
    const until = whole === undefined ? {} : { until: inDays(whole) };
    await of(desk.POST('/report/ip-bans', { body: { ip: address, reason: reason.trim(), ...until } }));
    toast(t.banned);
    setIp('');
    setReason('');
    setDays('');
    setAnswer(undefined);
    onBanned();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!wrong) setAsking(true);
  };

  return (
    <Card>
      <h2>{t.banAddress}</h2>
      <form className={css['text']} onSubmit={submit}>
        <div className={css['filters']}>
          <Field
            label={t.address}
            hint={t.addressHint}
            autoCapitalize="none"
            spellCheck={false}
            required
            maxLength={50}
            value={ip}
            onChange={(event) => setIp(event.target.value)}
          />
          <Field
            label={t.daysPerhaps}
            hint={t.daysHint}
            problem={wrong ? shared.daysWrong : undefined}
            inputMode="numeric"
            value={days}
            onChange={(event) => setDays(event.target.value)}
          />
        </div>
        <Field
          label={t.reasonNeeded}
          required
          maxLength={1000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        {answer !== undefined && <Notice kind={answer.kind}>{answer.text}</Notice>}
        <div className={css['row']}>
          <Button type="submit" look="danger" disabled={wrong}>
            {t.ban}
          </Button>
          <Button look="secondary" busy={checking} disabled={address === ''} onClick={() => void check()}>
            {t.check}
          </Button>
        </div>
      </form>
      {asking && (
        <ConfirmDialog
          title={t.banAddressAsk(address)}
          act={t.ban}
          danger
          onDo={ban}
          onClose={() => setAsking(false)}
        >
          <p>{t.banAddressWhy}</p>
        </ConfirmDialog>
      )}
    </Card>
  );
}
