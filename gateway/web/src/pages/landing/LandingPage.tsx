import { Page } from '../../app/Page';
import { paths } from '../../app/paths';
import { useStore } from '../../app/store';
import { LinkButton } from '../../design';
import { useTexts } from '../../i18n/texts';
import { session } from '../../session/session';
import css from './landing.module.css';
import { LiveCounter } from './LiveCounter';
import { landingTexts } from './texts';

export default function LandingPage() {
  const t = useTexts(landingTexts);
  const signedIn = useStore(session) !== null;
  return (
    <Page title={t.title} wide>
      <div className={css['hero']}>
        <p className={css['lead']}>{t.lead}</p>
        <LiveCounter />
        <div className={css['actions']}>
          {signedIn ? (
            <LinkButton to={paths.home}>{t.goOn}</LinkButton>
          ) : (
            <>
              <LinkButton to={paths.onboarding}>{t.start}</LinkButton>
              <LinkButton to={paths.login} look="secondary">
                {t.logIn}
              </LinkButton>
            </>
          )}
        </div>
      </div>
      <section aria-labelledby="how" className={css['how']}>
        <h2 id="how">{t.how}</h2>
        <ol className={css['steps']}>
          {(
            [
              [t.step1, t.step1Text],
              [t.step2, t.step2Text],
              [t.step3, t.step3Text],
              [t.step4, t.step4Text],
            ] as const
          ).map(([name, text]) => (
            <li key={name}>
              <h3>{name}</h3>
              <p>{text}</p>
            </li>
          ))}
        </ol>
      </section>
    </Page>
  );
}
