import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import { api, of } from '../../api/client';
import { explain } from '../../api/explain';
import { ApiError } from '../../api/refusal';
import { useQuery } from '../../api/useQuery';
import { Waiting } from '../../api/Waiting';
import { Page } from '../../app/Page';
import { paths } from '../../app/paths';
import { Button, Card, LinkButton, Notice } from '../../design';
import { useTexts } from '../../i18n/texts';
import css from '../form.module.css';
import { AccessCodeForm } from './AccessCodeForm';
import { cameBack, leaveToPay, leftToPay } from './payment';
import looks from './paywall.module.css';
import { accessTexts } from './texts';

/** How one gets access to the lobby. */
export default function PaywallPage() {
  const t = useTexts(accessTexts);
  const [query] = useSearchParams();
  const status = useQuery((signal) => of(api.GET('/payment/status', { signal })));
  const [notPaid] = useState(leftToPay);
  useEffect(cameBack, []);
  const paid = status.data?.paidStatus;
  const settled = paid === 'paid' || paid === 'qr_verified';
  const onTrial = paid === 'qr_grace_period';
  return (
    <Page title={t.title}>
      <Waiting asked={status} label={t.loading} />
      {(settled || onTrial) && (
        <Notice kind="good" action={<LinkButton to={paths.reel}>{t.goOn}</LinkButton>}>
          {onTrial ? t.trial : t.haveAccess}
        </Notice>
      )}
      {paid !== undefined && !settled && notPaid && <Notice kind="warn">{t.notPaid}</Notice>}
      {paid === 'unpaid' && (
        <>
          <p>{t.lead}</p>
          <Benefits />
        </>
      )}
      {(paid === 'unpaid' || onTrial) && <Pay onPaid={status.reload} />}
      {paid === 'unpaid' && <AccessCodeForm code={query.get('code') ?? ''} onDone={status.reload} />}
    </Page>
  );
}

function Benefits() {
  const t = useTexts(accessTexts);
  return (
    <Card>
      <h2>{t.benefits}</h2>
      <ul className={looks['benefits']}>
        <li>{t.benefit1}</li>
        <li>{t.benefit2}</li>
        <li>{t.benefit3}</li>
      </ul>
    </Card>
  );
}

/** Leads to the page of Stripe. */
function Pay({ onPaid }: { readonly onPaid: () => void }) {
  const t = useTexts(accessTexts);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    // Back from there by the browser's button, the page is as it was left.
    const shown = () => setBusy(false);
    window.addEventListener('pageshow', shown);
    return () => window.removeEventListener('pageshow', shown);
  }, []);
  const pay = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const { checkoutUrl } = await of(api.POST('/payment/create-checkout'));
      leaveToPay();
      location.assign(checkoutUrl);
    } catch (cause) {
      setBusy(false);
      if (cause instanceof ApiError && cause.status === 400) onPaid();
      // Without a time to come again there is no Stripe behind this server.
      else if (cause instanceof ApiError && cause.status === 503 && cause.retrySeconds === 0) setProblem(t.noPayments);
      else setProblem(explain(cause));
    }
  };
  return (
    <Card>
      <h2>{t.pay}</h2>
      <p>{t.payWhy}</p>
      {problem !== undefined && <Notice kind="bad">{problem}</Notice>}
      <div className={css['row']}>
        <Button busy={busy} onClick={() => void pay()}>
          {t.payNow}
        </Button>
      </div>
    </Card>
  );
}
