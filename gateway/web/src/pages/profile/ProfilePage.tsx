import { useState } from 'react';
import { api, of } from '../../api/client';
import { useQuery } from '../../api/useQuery';
import { Waiting } from '../../api/Waiting';
import { Page } from '../../app/Page';
import { paths } from '../../app/paths';
import { Button, Card, LinkButton, toast } from '../../design';
import { clock, date } from '../../i18n/format';
import { defineTexts, useTexts } from '../../i18n/texts';
import { IntroRecorder } from '../../media/IntroRecorder';
import css from '../../media/media.module.css';
import { SelfieTaker } from '../../media/SelfieTaker';
import { mediaTexts } from '../../media/texts';

const texts = defineTexts(
  {
    title: 'Your profile',
    loading: 'Loading your profile',
    since: (day: string) => `Here since ${day}`,
    talked: (time: string, calls: number) => `${time} min of talk in ${calls} calls`,
    newPhoto: 'Take a new photo',
    newVideo: 'Film a new video',
    keep: 'Leave it as it is',
    saved: 'People see the new one from now on.',
    socials: 'Your other networks',
  },
  {
    de: {
      title: 'Dein Profil',
      loading: 'Profil wird geladen',
      since: (day: string) => `Hier seit ${day}`,
      talked: (time: string, calls: number) => `${time} min in ${calls} Gesprächen`,
      newPhoto: 'Neues Foto aufnehmen',
      newVideo: 'Neues Video filmen',
      keep: 'So lassen',
      saved: 'Ab jetzt sieht man das neue.',
      socials: 'Deine anderen Netzwerke',
    },
  },
);

export default function ProfilePage() {
  const t = useTexts(texts);
  const media = useTexts(mediaTexts);
  const me = useQuery((signal) => of(api.GET('/user/me', { signal })));
  const [changing, setChanging] = useState<'none' | 'photo' | 'video'>('none');
  const done = () => {
    setChanging('none');
    toast(t.saved);
    me.reload();
  };
  const leave = (
    <div>
      <Button look="quiet" onClick={() => setChanging('none')}>
        {t.keep}
      </Button>
    </div>
  );
  return (
    <Page title={t.title}>
      <Waiting asked={me} label={t.loading} />
      {me.data !== undefined && (
        <>
          <Card>
            <h2 dir="auto">{me.data.name}</h2>
            {me.data.email !== undefined && <p>{me.data.email}</p>}
            <p>{t.since(date(me.data.createdAt))}</p>
            <p>{t.talked(clock(me.data.timerTotalSeconds), me.data.sessionCount)}</p>
            <div>
              <LinkButton to={paths.socials} look="secondary">
                {t.socials}
              </LinkButton>
            </div>
          </Card>
          <Card>
            <h2>{media.photo}</h2>
            {changing === 'photo' ? (
              <>
                <SelfieTaker onSent={done} />
                {leave}
              </>
            ) : (
              <div className={css['stage']}>
                {me.data.selfieUrl !== undefined && <img src={me.data.selfieUrl} alt={media.photo} />}
                <div>
                  <Button onClick={() => setChanging('photo')}>{t.newPhoto}</Button>
                </div>
              </div>
            )}
          </Card>
          <Card>
            <h2>{media.film}</h2>
            {changing === 'video' ? (
              <>
                <IntroRecorder onSent={done} />
                {leave}
              </>
            ) : (
              <div className={css['stage']}>
                {me.data.videoUrl !== undefined && (
                  <video src={me.data.videoUrl} aria-label={media.film} controls playsInline preload="metadata" />
                )}
                <div>
                  <Button onClick={() => setChanging('video')}>{t.newVideo}</Button>
                </div>
              </div>
            )}
          </Card>
        </>
      )}
    </Page>
  );
}
