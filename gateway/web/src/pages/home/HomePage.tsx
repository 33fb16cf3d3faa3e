import { useState } from 'react';
import { Link } from 'react-router';
import { api, of } from '../../api/client';
import { useQuery } from '../../api/useQuery';
import { Page } from '../../app/Page';
import { paths } from '../../app/paths';
import { availability } from '../../away/here';
import { Badge, Button, Card, Icon, type IconName, LinkButton, Notice, SkeletonLines, toast } from '../../design';
import { useTexts } from '../../i18n/texts';
import { askForNotices, notices } from '../../invite/attention';
import { CodeForm } from '../../lobby/CodeForm';
import { useEvent } from '../../socket/useEvent';
import css from './home.module.css';
import { homeTexts } from './texts';

/** Where one is after signing in. */
export default function HomePage() {
  const t = useTexts(homeTexts);
  const me = useQuery((signal) => of(api.GET('/user/me', { signal })));
  const introduced = useQuery((signal) => of(api.GET('/referral/notifications', { signal })));
  const { reload } = introduced;
  useEvent('referral:notification', ({ notification }) => {
    // Those that were there at sign-in come again; what is new is said.
    if (!introduced.loading && !introduced.data?.notifications.some((known) => known.id === notification.id)) {
      toast(t.newcomer(notification.referredName, notification.introducedByName));
      reload();
    }
  });
  return (
    <Page title={me.data === undefined ? t.title : t.hello(me.data.name)} wide>
      {me.error !== undefined && (
        <Notice kind="bad" action={<Button onClick={me.reload}>{t.retry}</Button>}>
          {t.failed}
        </Notice>
      )}
      {me.data === undefined && me.error === undefined && <SkeletonLines label={t.loading} />}
      {me.data?.paidStatus === 'unpaid' && (
        <Notice kind="warn" action={<LinkButton to={paths.paywall}>{t.unlock}</LinkButton>}>
          {t.unpaid}
        </Notice>
      )}
      {me.data !== undefined && !(me.data.selfieUrl && me.data.videoUrl) && (
        <Notice
          action={
            <LinkButton to={paths.profile} look="secondary">
              {t.complete}
            </LinkButton>
          }
        >
          {t.incomplete}
        </Notice>
      )}
      {(me.data !== undefined || me.error !== undefined) && (
        <>
          <Card className={css['meet']}>
            <p>{t.meetWhy}</p>
            <div className={css['row']}>
              <LinkButton to={paths.reel}>
                <Icon name="people" />
                {t.meet}
              </LinkButton>
              <LinkButton to={paths.deviceCheck} look="secondary">
                <Icon name="camera" />
                {t.check}
              </LinkButton>
            </div>
            <Notices />
          </Card>
          <ul className={css['tiles']} aria-label={t.more}>
            <Tile to={paths.history} icon="history" name={t.history} why={t.historyWhy} />
            <Tile
              to={paths.introductions}
              icon="heart"
              name={t.introductions}
              why={t.introductionsWhy}
              badge={introduced.data?.unreadCount ? t.unread(introduced.data.unreadCount) : undefined}
            />
            <Tile to={paths.profile} icon="person" name={t.profile} why={t.profileWhy} />
            <Tile to={paths.socials} icon="link" name={t.socials} why={t.socialsWhy} />
            <Tile to={paths.settings} icon="settings" name={t.settings} why={t.settingsWhy} />
            <Tile to={paths.blocked} icon="block" name={t.blocked} why={t.blockedWhy} />
          </ul>
          <CodeForm />
        </>
      )}
    </Page>
  );
}

interface TileProps {
  readonly to: string;
  readonly icon: IconName;
  readonly name: string;
  readonly why: string;
  readonly badge?: string | undefined;
}

function Tile({ to, icon, name, why, badge }: TileProps) {
  return (
    <li>
      <Link to={to} className={css['tile']}>
        <Icon name={icon} />
        <span>
          <strong>{name}</strong> {badge !== undefined && <Badge>{badge}</Badge>}
          <small>{why}</small>
        </span>
      </Link>
    </li>
  );
}

/** Asks for notices of the system, as long as the user was not asked. */
function Notices() {
  const t = useTexts(homeTexts);
  const [state, setState] = useState(notices);
  if (state !== 'ask') return null;
  const ask = async (): Promise<void> => {
    const allowed = await askForNotices(() => availability.prompting());
    toast(allowed ? t.noticesDone : t.noticesRefused);
    setState(notices());
  };
  return (
    <div className={css['notices']}>
      <small>{t.notices}</small>
      <Button look="quiet" onClick={() => void ask()}>
        {t.noticesOn}
      </Button>
    </div>
  );
}
