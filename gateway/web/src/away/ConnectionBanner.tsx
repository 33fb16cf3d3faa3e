import { useEffect, useRef, useState } from 'react';
import { useStore } from '../app/store';
import { Button, Notice, toast } from '../design';
import { useTexts } from '../i18n/texts';
import css from '../lobby/lobby.module.css';
import { lobbyTexts } from '../lobby/texts';
import { connection } from '../socket/connection';

/** A loss that is over sooner is not worth a word. */
const WORTH_SAYING_MS = 1_000;

/** Says that the connection is lost, and that it is back. */
export function ConnectionBanner() {
  const t = useTexts(lobbyTexts);
  const state = useStore(connection.state);
  const [said, setSaid] = useState(false);
  const [online, setOnline] = useState(navigator.onLine);
  const wasSaid = useRef(false);
  const lost = state === 'lost';
  useEffect(() => {
    if (!lost) {
      setSaid(false);
      return;
    }
    const timer = setTimeout(() => setSaid(true), WORTH_SAYING_MS);
    return () => clearTimeout(timer);
  }, [lost]);
  useEffect(() => {
    if (wasSaid.current && state === 'open') toast(t.reconnected);
    wasSaid.current = (said || state === 'unreached') && state !== 'open';
  }, [said, state, t]);
  useEffect(() => {
    const look = (): void => setOnline(navigator.onLine);
    addEventListener('online', look);
    addEventListener('offline', look);
    return () => {
      removeEventListener('online', look);
      removeEventListener('offline', look);
    };
  }, []);
  if (!said || !lost) return null;
  return (
    <div className={css['strip']}>
      <Notice
        kind="warn"
        action={
          <Button look="secondary" onClick={() => connection.retryNow()}>
            {t.tryNow}
          </Button>
        }
      >
        {online ? t.lost : t.offline}
      </Notice>
    </div>
  );
}
