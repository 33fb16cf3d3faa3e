import { useState } from 'react';
import { api, of, type Schema } from '../../api/client';
import { useQuery } from '../../api/useQuery';
import { Waiting } from '../../api/Waiting';
import { paths } from '../../app/paths';
import { Button, Card, LinkButton, Notice } from '../../design';
import { useTexts } from '../../i18n/texts';
import { accessLink } from '../../share/links';
import { ShareLink } from '../../share/ShareLink';
import css from '../form.module.css';
import looks from './paywall.module.css';
import { accessTexts } from './texts';

/** The code with which this user lets friends in, or how he gets one. */
export function AccessCode() {
  const t = useTexts(accessTexts);
  const status = useQuery((signal) => of(api.GET('/payment/status', { signal })));
  const code = status.data?.myCodeInfo;
  return (
    <Card>
      <h2>{t.own}</h2>
      <Waiting asked={status} label={t.loading} />
      {code ? <Own code={code} /> : status.data !== undefined && <NotYet status={status.data} />}
    </Card>
  );
}

function Own({ code: { code, usesRemaining, maxUses } }: { readonly code: NonNullable<Schema<'PaymentStatus'>['myCodeInfo']> }) {
  const t = useTexts(accessTexts);
  return (
    <div className={looks['code']}>
      <Image code={code} />
      <div className={css['form']}>
        <p className={looks['letters']}>{code}</p>
        <p>{usesRemaining < 0 ? t.unlimited : t.uses(usesRemaining, maxUses)}</p>
        {usesRemaining !== 0 && (
          <>
            <p>{t.ownWhy}</p>
            <ShareLink label={t.ownLink} link={accessLink(code)} />
          </>
        )}
      </div>
    </div>
  );
}

/** Drawn by the gateway; nothing is loaded here to draw it. */
function Image({ code }: { readonly code: string }) {
  const t = useTexts(accessTexts);
  const [attempt, setAttempt] = useState(0);
  const [failed, setFailed] = useState(false);
  if (failed) {
    return (
      <Notice
        kind="bad"
        action={
          <Button
            look="secondary"
            onClick={() => {
              setAttempt(attempt + 1);
              setFailed(false);
            }}
          >
            {t.again}
          </Button>
        }
      >
        {t.noImage}
      </Notice>
    );
  }
  return (
    <img
      key={attempt}
      className={looks['image']}
      src={`/payment/qr/${encodeURIComponent(code)}`}
      alt={t.ownImage(code)}
      width="200"
      height="200"
      onError={() => setFailed(true)}
    />
  );
}

function NotYet({ status }: { readonly status: Schema<'PaymentStatus'> }) {
  const t = useTexts(accessTexts);
  return status.paidStatus === 'qr_grace_period' ? (
    <p>{t.soon(status.successfulSessions)}</p>
  ) : (
    <Notice action={<LinkButton to={paths.paywall}>{t.get}</LinkButton>}>{t.none}</Notice>
  );
}
