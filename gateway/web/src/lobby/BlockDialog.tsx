import { useState } from 'react';
import { api, of } from '../api/client';
import { lobby } from '../away/here';
import { Button, Dialog, Notice, toast } from '../design';
import { useTexts } from '../i18n/texts';
import type { Person } from './reel';
import { lobbyTexts } from './texts';

/** Asks before somebody is blocked. */
export function BlockDialog({ person, onClose }: { readonly person: Person; readonly onClose: () => void }) {
  const t = useTexts(lobbyTexts);
  const [state, setState] = useState<'asking' | 'busy' | 'failed'>('asking');
  const block = async (): Promise<void> => {
    setState('busy');
    try {
      await of(api.POST('/user/blocks', { body: { userId: person.userId, endCall: false } }));
      lobby.tell({ type: 'dropped', userId: person.userId });
      toast(t.blocked(person.name));
      onClose();
    } catch {
      setState('failed');
    }
  };
  return (
    <Dialog
      title={t.blockSure(person.name)}
      onClose={onClose}
      actions={
        <>
          <Button look="secondary" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button look="danger" busy={state === 'busy'} onClick={() => void block()}>
            {t.blockDo}
          </Button>
        </>
      }
    >
      <p>{t.blockWhy}</p>
      {state === 'failed' && <Notice kind="bad">{t.notBlocked}</Notice>}
    </Dialog>
  );
}
