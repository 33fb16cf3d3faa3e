import { useEffect, useState } from 'react';
import { useLocation } from 'react-router';
import { api, of } from '../../api/client';
import { Page } from '../../app/Page';
import { paths } from '../../app/paths';
import { useStore } from '../../app/store';
import { Button, LinkButton, Notice, Spinner } from '../../design';
import { useTexts } from '../../i18n/texts';
import { session } from '../../session/session';
import css from '../form.module.css';
import { AccessCode } from './AccessCode';
import { arrives, cameBack } from './payment';
import { accessTexts } from './texts';

// The limit of an hour must be enough for some looks at other pages.
const EVERY_MS = 3_000;
const ATTEMPTS = 12;

/**
 * Where Stripe sends people who have paid. That they were sent here proves nothing: only the gateway
 * knows whether the payment has arrived, and nothing else is believed.
 */
export default function PaymentReturnPage() {
  const t = useTexts(accessTexts);
  const { pathname, search } = useLocation();
  const signedIn = useStore(session) !== null;
  useEffect(cameBack, []);
  return (
    <Page title={t.returnTitle}>
      {signedIn ? (
        <Arriving />
      ) : (
        // In another browser than the one that went to pay.
        <Notice
          action={<LinkButton to={`${paths.login}?next=${encodeURIComponent(pathname + search)}`}>{t.logIn}</LinkButton>}
        >
          {t.signedOut}
        </Notice>
      )}
    </Page>
  );
}

function Arriving() {
  const t = useTexts(accessTexts);
  const [state, setState] = useState<'waiting' | 'late' | 'paid'>('waiting');
  useEffect(() => {
    if (state !== 'waiting') return;
    const abort = new AbortController();
    const { signal } = abort;
    void arrives(
      async () => signal.aborted || (await of(api.GET('/payment/status', { signal }))).paidStatus === 'paid',
      () => new Promise((resume) => setTimeout(resume, EVERY_MS)),
      ATTEMPTS,
    ).then((paid) => {
      if (!signal.aborted) setState(paid ? 'paid' : 'late');
    });
    return () => abort.abort();
  }, [state]);
  switch (state) {
    case 'waiting':
      return (
        <Notice>
          <span className={css['row']}>
            <Spinner />
            {t.waiting}
          </span>
        </Notice>
      );
    case 'late':
      return (
        <Notice
          kind="warn"
          action={
            <span className={css['row']}>
              <Button onClick={() => setState('waiting')}>{t.lookAgain}</Button>
              <LinkButton to={paths.paywall} look="secondary">
                {t.back}
              </LinkButton>
            </span>
          }
        >
          {t.late}
        </Notice>
      );
    case 'paid':
      return (
        <>
          <Notice kind="good" action={<LinkButton to={paths.onboarding}>{t.goOn}</LinkButton>}>
            {t.paid}
          </Notice>
          <AccessCode />
        </>
      );
  }
}
