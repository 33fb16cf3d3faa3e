import { useEffect, useState } from 'react';
import { api, of } from '../../api/client';
import { useLanguage } from '../../i18n/language';
import { number } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import css from './landing.module.css';
import { landingTexts } from './texts';

const EVERY_MS = 10_000;

/** How many people are online; nothing until that is known. */
export function LiveCounter() {
  const t = useTexts(landingTexts);
  useLanguage();
  const [online, setOnline] = useState<number>();
  useEffect(() => {
    const abort = new AbortController();
    const ask = () => {
      if (document.hidden) return;
      of(api.GET('/stats/live', { signal: abort.signal })).then(
        ({ onlineUsers }) => setOnline(onlineUsers),
        // The last number stands until the next one.
        () => undefined,
      );
    };
    ask();
    const timer = setInterval(ask, EVERY_MS);
    return () => {
      clearInterval(timer);
      abort.abort();
    };
  }, []);
  return (
    <p className={css['counter']} aria-live="polite">
      {online !== undefined && (
        <>
          <span className={css['dot']} aria-hidden="true" />
          {t.online(online, number(online))}
        </>
      )}
    </p>
  );
}
