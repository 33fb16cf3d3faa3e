import { Page } from '../../app/Page';
import { useTexts } from '../../i18n/texts';
import { CodeForm } from '../../lobby/CodeForm';
import { Introduced } from './Introduced';
import { Links } from './Links';
import { introductionTexts } from './texts';

/** Who was introduced to this user, the links that do that, and a field for the code of one. */
export default function IntroductionsPage() {
  const t = useTexts(introductionTexts);
  return (
    <Page title={t.title}>
      <Introduced />
      <CodeForm />
      <Links />
    </Page>
  );
}
