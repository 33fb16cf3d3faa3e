import { useState } from 'react';
import { api, of, type Schema } from '../../api/client';
import { useQuery } from '../../api/useQuery';
import { Waiting } from '../../api/Waiting';
import { Button, Card, Notice, toast } from '../../design';
import { useAttempt } from '../../forms/useAttempt';
import { date } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { introductionLink } from '../../share/links';
import { ShareLink } from '../../share/ShareLink';
import css from '../form.module.css';
import { introductionTexts } from './texts';

type Link = Schema<'Links'>['links'][number];

/** Links that the user made, and links that lead to him; he may end both. */
export function Links() {
  const t = useTexts(introductionTexts);
  const known = useQuery((signal) => of(api.GET('/referral/links', { signal })));
  const links = known.data?.links ?? [];
  return (
    <Card>
      <h2>{t.links}</h2>
      <p>{t.linksWhy}</p>
      <Waiting asked={known} label={t.linksLoading} lines={3} />
      {known.data !== undefined && links.length === 0 && <Notice>{t.noLinks}</Notice>}
      <ul className={css['rows']}>
        {links.map((link) => (
          <li key={link.referralCode}>
            <One
              link={link}
              onRevoked={() => {
                toast(t.revoked);
                known.replace((before) => ({
                  ...before,
                  links: before.links.filter(({ referralCode }) => referralCode !== link.referralCode),
                }));
              }}
            />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function One({ link, onRevoked }: { readonly link: Link; readonly onRevoked: () => void }) {
  const t = useTexts(introductionTexts);
  const [open, setOpen] = useState(false);
  const { busy, problem, attempt } = useAttempt();
  const { referralCode: code } = link;
  const revoke = async () => {
    await of(api.DELETE('/referral/links/{code}', { params: { path: { code } } }));
    onRevoked();
  };
  return (
    <div className={css['form']}>
      <div>
        <strong>{link.madeByMe ? t.mine(link.targetUserName) : t.toMe(link.introducedBy)}</strong>
        <p className={css['soft']}>{t.until(date(link.expiresAt))}</p>
      </div>
      <div className={css['row']}>
        <Button look="secondary" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? t.hide : t.show}
        </Button>
        <Button
          look="secondary"
          busy={busy}
          aria-label={link.madeByMe ? t.revokeWhich(link.targetUserName) : t.revokeToMe(link.introducedBy)}
          onClick={() => void attempt(revoke)}
        >
          {t.revoke}
        </Button>
      </div>
      {open && <ShareLink label={t.link} link={introductionLink(code)} />}
      {problem !== undefined && <Notice kind="bad">{problem}</Notice>}
    </div>
  );
}
