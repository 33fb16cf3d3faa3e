import { Page } from '../../app/Page';
import { Button } from '../../design';
import { defineTexts, useTexts } from '../../i18n/texts';
import { connection } from '../../socket/connection';

const texts = defineTexts(
  {
    title: 'You are offline',
    why: 'Napalm Sky cannot be reached from here. Meeting people needs a network; this page goes on by itself as soon as there is one.',
    retry: 'Try again',
  },
  {
    de: {
      title: 'Du bist offline',
      why: 'Napalm Sky ist von hier nicht zu erreichen. Um Leute zu treffen, braucht es ein Netz; sobald es eines gibt, geht es von selbst weiter.',
      retry: 'Noch einmal',
    },
  },
);

/** In place of a page for members, as long as the gateway has not been reached since the start. */
export function OfflinePage() {
  const t = useTexts(texts);
  return (
    <Page title={t.title}>
      <p>{t.why}</p>
      <div>
        <Button onClick={() => connection.retryNow()}>{t.retry}</Button>
      </div>
    </Page>
  );
}
