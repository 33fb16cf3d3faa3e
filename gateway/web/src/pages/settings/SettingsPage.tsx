import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { api, of } from '../../api/client';
import { explain } from '../../api/explain';
import { useQuery } from '../../api/useQuery';
import { Page } from '../../app/Page';
import { paths } from '../../app/paths';
import { useStore } from '../../app/store';
import { Badge, Button, Card, Dialog, Field, Notice, SkeletonLines, toast } from '../../design';
import { dateTime } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { session, signOut } from '../../session/session';
import css from '../form.module.css';
import { KeepStep } from '../onboarding/KeepStep';
import { AccessCode } from '../paywall/AccessCode';
import { settingsTexts } from './texts';

export default function SettingsPage() {
  const t = useTexts(settingsTexts);
  const permanent = useStore(session)?.accountType === 'permanent';
  return (
    <Page title={t.title}>
      {permanent ? (
        <Password />
      ) : (
        <Card>
          <h2>{t.keep}</h2>
          <KeepStep onDone={() => toast(t.kept)} />
        </Card>
      )}
      <AccessCode />
      <Sessions />
      <Data />
      <Leaving permanent={permanent} />
    </Page>
  );
}

function Sessions() {
  const t = useTexts(settingsTexts);
  const [problem, setProblem] = useState<string>();
  const own = useQuery((signal) => of(api.GET('/user/me/sessions', { signal })));
  const attempt = async (work: Promise<unknown>) => {
    setProblem(undefined);
    try {
      await work;
      own.reload();
    } catch (cause) {
      setProblem(explain(cause));
    }
  };
  const sessions = own.data?.sessions ?? [];
  return (
    <Card>
      <h2>{t.sessions}</h2>
      {own.error && (
        <Notice kind="bad" action={<Button onClick={own.reload}>{t.again}</Button>}>
          {explain(own.error)}
        </Notice>
      )}
      {own.data === undefined && own.loading && <SkeletonLines label={t.loading} />}
      <ul className={css['list']}>
        {sessions.map((one) => (
          <li key={one.id}>
            <p>{one.device}</p>
            <p>{t.lastUsed(dateTime(one.lastActiveAt), one.ip)}</p>
            {one.current ? (
              <Badge>{t.here}</Badge>
            ) : (
              <Button
                look="secondary"
                onClick={() =>
                  void attempt(of(api.DELETE('/user/me/sessions/{id}', { params: { path: { id: one.id } } })))
                }
              >
                {t.end}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {problem !== undefined && <Notice kind="bad">{problem}</Notice>}
      {sessions.length > 1 && (
        <div>
          <Button
            look="secondary"
            onClick={() => void attempt(of(api.POST('/auth/logout-everywhere', { body: { keepCurrent: true } })))}
          >
            {t.endOthers}
          </Button>
        </div>
      )}
    </Card>
  );
}

function Password() {
  const t = useTexts(settingsTexts);
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNext] = useState('');
  const [state, setState] = useState<'asking' | 'busy' | 'changed'>('asking');
  const [problem, setProblem] = useState<string>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (state === 'busy') return;
    setState('busy');
    setProblem(undefined);
    try {
      await of(api.POST('/auth/password/change', { body: { currentPassword, newPassword } }));
      setCurrent('');
      setNext('');
      setState('changed');
    } catch (cause) {
      setProblem(explain(cause));
      setState('asking');
    }
  };
  return (
    <Card>
      <h2>{t.password}</h2>
      <form className={css['form']} onSubmit={(event) => void submit(event)}>
        <Field
          label={t.current}
          type="password"
          autoComplete="current-password"
          required
          value={currentPassword}
          onChange={(event) => setCurrent(event.target.value)}
        />
        <Field
          label={t.next}
          hint={t.hint}
          type="password"
          autoComplete="new-password"
          required
          minLength={8}
          maxLength={128}
          value={newPassword}
          onChange={(event) => setNext(event.target.value)}
        />
        {problem !== undefined && <Notice kind="bad">{problem}</Notice>}
        {state === 'changed' && <Notice kind="good">{t.changed}</Notice>}
        <div className={css['row']}>
          <Button type="submit" busy={state === 'busy'}>
            {t.change}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function Data() {
  const t = useTexts(settingsTexts);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const download = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const data = await of(api.GET('/user/me/export'));
      const url = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }));
      const link = document.createElement('a');
      link.href = url;
      link.download = 'napalm-sky.json';
      link.click();
      URL.revokeObjectURL(url);
    } catch (cause) {
      setProblem(explain(cause));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Card>
      <h2>{t.data}</h2>
      <p>{t.dataWhy}</p>
      {problem !== undefined && <Notice kind="bad">{problem}</Notice>}
      <div>
        <Button look="secondary" busy={busy} onClick={() => void download()}>
          {t.download}
        </Button>
      </div>
    </Card>
  );
}

function Leaving({ permanent }: { readonly permanent: boolean }) {
  const t = useTexts(settingsTexts);
  const navigate = useNavigate();
  const [asking, setAsking] = useState<'none' | 'logOut' | 'remove'>('none');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const close = () => {
    setAsking('none');
    setProblem(undefined);
  };
  const gone = () => {
    void navigate(paths.landing);
    signOut();
  };
  const logOut = async () => {
    setBusy(true);
    try {
      await of(api.POST('/auth/logout'));
      gone();
    } catch (cause) {
      setProblem(explain(cause));
    } finally {
      setBusy(false);
    }
  };
  const remove = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await of(api.DELETE('/user/me', { body: permanent ? { currentPassword: password } : {} }));
      gone();
    } catch (cause) {
      setProblem(explain(cause));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Card>
      <h2>{t.logOut}</h2>
      {!permanent && <p>{t.guestWarning}</p>}
      {asking === 'none' && problem !== undefined && <Notice kind="bad">{problem}</Notice>}
      <div className={css['row']}>
        <Button look="secondary" busy={busy} onClick={() => (permanent ? void logOut() : setAsking('logOut'))}>
          {t.logOut}
        </Button>
        <Button look="danger" onClick={() => setAsking('remove')}>
          {t.remove}
        </Button>
      </div>
      {asking === 'logOut' && (
        <Dialog
          title={t.logOut}
          onClose={close}
          actions={
            <>
              <Button look="quiet" onClick={close}>
                {t.cancel}
              </Button>
              <Button look="danger" busy={busy} onClick={() => void logOut()}>
                {t.logOut}
              </Button>
            </>
          }
        >
          <p>{t.guestWarning}</p>
          {problem !== undefined && <Notice kind="bad">{problem}</Notice>}
        </Dialog>
      )}
      {asking === 'remove' && (
        <Dialog
          title={t.remove}
          onClose={close}
          actions={
            <>
              <Button look="quiet" onClick={close}>
                {t.cancel}
              </Button>
              <Button look="danger" busy={busy} onClick={() => void remove()}>
                {t.removeNow}
              </Button>
            </>
          }
        >
          <p>{t.removeWhy}</p>
          {permanent && (
            <Field
              label={t.current}
              type="password"
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
          {problem !== undefined && <Notice kind="bad">{problem}</Notice>}
        </Dialog>
      )}
    </Card>
  );
}
