import { useEffect, useState } from 'react';
import { api, of } from '../../api/client';
import { useQuery } from '../../api/useQuery';
import type { CallSession } from '../../call/callSession';
import { type Network, networks, readSocials, type Socials } from '../../call/chat';
import { Button, Checkbox, Dialog, Notice, SkeletonLines } from '../../design';
import { isolate } from '../../i18n/isolate';
import { useTexts } from '../../i18n/texts';
import { callTexts } from './texts';

interface ShareDialogProps {
  readonly call: CallSession;
  readonly name: string;
  readonly onClose: () => void;
}

/** Which of the own names in networks the other one gets. */
export function ShareDialog({ call, name, onClose }: ShareDialogProps) {
  const t = useTexts(callTexts);
  const me = useQuery((signal) => of(api.GET('/user/me', { signal })));
  const socials: Socials = readSocials(me.data?.socials) ?? {};
  const own = networks.filter((network) => socials[network] !== undefined);
  const [chosen, setChosen] = useState<ReadonlySet<Network>>(new Set());
  useEffect(() => setChosen(new Set(networks)), []);
  const share = () => {
    call.share(Object.fromEntries(own.filter((one) => chosen.has(one)).map((one) => [one, socials[one]])));
    call.openChat(true);
    onClose();
  };
  return (
    <Dialog
      title={t.shareTitle}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            {t.close}
          </Button>
          <Button disabled={!own.some((one) => chosen.has(one))} onClick={share}>
            {t.shareNow}
          </Button>
        </>
      }
    >
      {me.error !== undefined && <Notice kind="bad">{t.shareFailed}</Notice>}
      {me.data === undefined && me.error === undefined && <SkeletonLines label={t.shareTitle} />}
      {me.data !== undefined && own.length === 0 && <p>{t.shareNothing}</p>}
      {own.length > 0 && <p>{t.shareWhich(isolate(name))}</p>}
      {own.map((network) => (
        <Checkbox
          key={network}
          label={
            <>
              {network}: <bdi>{socials[network]}</bdi>
            </>
          }
          checked={chosen.has(network)}
          onChange={(event) => {
            const next = new Set(chosen);
            if (event.target.checked) next.add(network);
            else next.delete(network);
            setChosen(next);
          }}
        />
      ))}
    </Dialog>
  );
}
