import { useState } from 'react';
import { useNavigate } from 'react-router';
import { api, of } from '../../api/client';
import { useQuery } from '../../api/useQuery';
import { Waiting } from '../../api/Waiting';
import { Page } from '../../app/Page';
import { paths } from '../../app/paths';
import { useStore } from '../../app/store';
import { Badge, Button, Card, Notice, toast } from '../../design';
import { Ask } from '../../forms/Ask';
import { NewPasswordField, PasswordField } from '../../forms/credentials';
import { Form } from '../../forms/Form';
import { useAttempt } from '../../forms/useAttempt';
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
  const own = useQuery((signal) => of(api.GET('/user/me/sessions', { signal })));
  const { busy, problem, attempt } = useAttempt();
  const sessions = own.data?.sessions ?? [];
  const end = async (work: () => Promise<unknown>) => {
    if (await attempt(work)) own.reload();
  };
  return (
    <Card>
      <h2>{t.sessions}</h2>
      <Waiting asked={own} label={t.loading} lines={3} />
      <ul className={css['rows']}>
        {sessions.map((one) => (
          <li key={one.id}>
            <p>{one.device}</p>
            <p className={css['soft']}>{t.lastUsed(dateTime(one.lastActiveAt), one.ip)}</p>
            {one.current ? (
              <Badge>{t.here}</Badge>
            ) : (
              <Button
                look="secondary"
                aria-label={t.endWhich(one.device)}
                busy={busy}
                onClick={() =>
                  void end(() => of(api.DELETE('/user/me/sessions/{id}', { params: { path: { id: one.id } } })))
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
            busy={busy}
            onClick={() => void end(() => of(api.POST('/auth/logout-everywhere', { body: { keepCurrent: true } })))}
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
  const [changed, setChanged] = useState(false);
  const change = async () => {
    setChanged(false);
    await of(api.POST('/auth/password/change', { body: { currentPassword, newPassword } }));
    setCurrent('');
    setNext('');
    setChanged(true);
  };
  return (
    <Card>
      <h2>{t.password}</h2>
      <Form submit={t.change} onSubmit={change}>
        <PasswordField label={t.current} value={currentPassword} onChange={setCurrent} />
        <NewPasswordField label={t.next} value={newPassword} onChange={setNext} />
        {changed && <Notice kind="good">{t.changed}</Notice>}
      </Form>
    </Card>
  );
}

function Data() {
  const t = useTexts(settingsTexts);
  const { busy, problem, attempt } = useAttempt();
  const download = async () => {
    const data = await of(api.GET('/user/me/export'));
    const url = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = 'napalm-sky.json';
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <Card>
      <h2>{t.data}</h2>
      <p>{t.dataWhy}</p>
      {problem !== undefined && <Notice kind="bad">{problem}</Notice>}
      <div>
        <Button look="secondary" busy={busy} onClick={() => void attempt(download)}>
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
  const { busy, problem, attempt } = useAttempt();
  const close = () => setAsking('none');
  const gone = () => {
    void navigate(paths.landing);
    signOut();
  };
  const logOut = async () => {
    await of(api.POST('/auth/logout'));
    gone();
  };
  const remove = async () => {
    await of(api.DELETE('/user/me', { body: permanent ? { currentPassword: password } : {} }));
    gone();
  };
  return (
    <Card>
      <h2>{t.logOut}</h2>
      {!permanent && <p>{t.guestWarning}</p>}
      {problem !== undefined && <Notice kind="bad">{problem}</Notice>}
      <div className={css['row']}>
        <Button look="secondary" busy={busy} onClick={() => (permanent ? void attempt(logOut) : setAsking('logOut'))}>
          {t.logOut}
        </Button>
        <Button look="danger" onClick={() => setAsking('remove')}>
          {t.remove}
        </Button>
      </div>
      {asking === 'logOut' && (
        <Ask title={t.logOut} action={t.logOut} onAction={logOut} onClose={close}>
          <p>{t.guestWarning}</p>
        </Ask>
      )}
      {asking === 'remove' && (
        <Ask title={t.remove} action={t.removeNow} onAction={remove} onClose={close}>
          <p>{t.removeWhy}</p>
          {permanent && <PasswordField label={t.current} value={password} onChange={setPassword} />}
        </Ask>
      )}
    </Card>
  );
}
