import { Page } from '../../app/Page';
import { paths } from '../../app/paths';
import { useStore } from '../../app/store';
import { LinkButton } from '../../design';
import { defineTexts, useTexts } from '../../i18n/texts';
import { session } from '../../session/session';

const texts = defineTexts(
  {
    title: 'There is nothing here',
    why: 'The address may be mistyped, or what was here is gone.',
    home: 'Go to the start',
  },
  {
    de: {
      title: 'Hier ist nichts',
      why: 'Vielleicht ist die Adresse vertippt, oder was hier war, ist weg.',
      home: 'Zum Anfang',
    },
  },
);

export default function NotFoundPage() {
  const t = useTexts(texts);
  const signedIn = useStore(session) !== null;
  return (
    <Page title={t.title}>
      <p>{t.why}</p>
      <div>
        <LinkButton to={signedIn ? paths.home : paths.landing}>{t.home}</LinkButton>
      </div>
    </Page>
  );
}
