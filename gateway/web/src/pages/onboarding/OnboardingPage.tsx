import { useState } from 'react';
import { Navigate, useNavigate, useSearchParams } from 'react-router';
import { api, of } from '../../api/client';
import { explain } from '../../api/explain';
import { useQuery } from '../../api/useQuery';
import { Page } from '../../app/Page';
import { paths } from '../../app/paths';
import { useStore } from '../../app/store';
import { Button, Notice, SkeletonLines } from '../../design';
import { useTexts } from '../../i18n/texts';
import { IntroRecorder } from '../../media/IntroRecorder';
import { SelfieTaker } from '../../media/SelfieTaker';
import { session } from '../../session/session';
import { leftToPay } from '../paywall/payment';
import { KeepStep } from './KeepStep';
import { NameStep } from './NameStep';
import { nextOf, unlockWith } from './next';
import { onboardingTexts } from './texts';

export default function OnboardingPage() {
  const t = useTexts(onboardingTexts);
  const signedIn = useStore(session) !== null;
  return signedIn ? (
    <Steps />
  ) : (
    <Page title={t.begin}>
      <NameStep />
    </Page>
  );
}

function Steps() {
  const t = useTexts(onboardingTexts);
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const me = useQuery((signal) => of(api.GET('/user/me', { signal })));
  // Whoever comes with a complete profile has nothing to do here.
  const [worked, setWorked] = useState(false);
  const onSent = () => {
    setWorked(true);
    me.reload();
  };

  if (me.data === undefined) {
    return (
      <Page title={t.begin}>
        {me.error ? (
          <Notice kind="bad" action={<Button onClick={me.reload}>{t.goOn}</Button>}>
            {explain(me.error)}
          </Notice>
        ) : (
          <SkeletonLines label={t.loading} />
        )}
      </Page>
    );
  }
  if (me.data.selfieUrl === undefined) {
    return (
      <Page key="selfie" title={t.selfie}>
        <p>{t.selfieWhy}</p>
        <SelfieTaker onSent={onSent} />
      </Page>
    );
  }
  if (me.data.videoUrl === undefined) {
    return (
      <Page key="video" title={t.video}>
        <p>{t.videoWhy}</p>
        <IntroRecorder onSent={onSent} />
      </Page>
    );
  }
  const code = query.get('inviteCode');
  const unpaid = me.data.paidStatus === 'unpaid';
  // Whoever does not pay after all is sent back to this page.
  const next =
    unpaid && code !== null ? unlockWith(code) : unpaid && leftToPay() ? paths.paywall : nextOf(query);
  if (!worked || me.data.accountType === 'permanent') return <Navigate to={next} replace />;
  const done = () => void navigate(next, { replace: true });
  return (
    <Page key="keep" title={t.keep}>
      <p>{t.keepWhy}</p>
      <KeepStep onDone={done} onSkip={done} />
    </Page>
  );
}
