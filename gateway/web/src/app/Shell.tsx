import { Link, NavLink } from 'react-router';
import { chooseLanguage, languages, useLanguage, type Language } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { chooseTheme, theme, type Theme } from '../design/theme';
import { session } from '../session/session';
import css from './app.module.css';
import { legalPath, paths } from './paths';
import { useStore } from './store';
import { appTexts } from './texts';

/** The head of every page but those that fill the screen. */
export function Header() {
  const t = useTexts(appTexts);
  const signedIn = useStore(session) !== null;
  return (
    <header className={css['header']}>
      <Link to={signedIn ? paths.home : paths.landing} className={css['brand']}>
        <img src="/icons/mark.svg" alt="" width="32" height="32" />
        Napalm Sky
      </Link>
      <nav aria-label={t.mainNav}>
        <ul className={css['nav']}>
          {(signedIn
            ? [
                [paths.reel, t.meet],
                [paths.history, t.history],
                [paths.profile, t.profile],
                [paths.settings, t.settings],
              ]
            : [
                [paths.login, t.logIn],
                [paths.onboarding, t.start],
              ]
          ).map(([to = '', name]) => (
            <li key={to}>
              <NavLink to={to}>{name}</NavLink>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}

/** The foot of every page but those that fill the screen. */
export function Footer() {
  const t = useTexts(appTexts);
  const language = useLanguage();
  const chosen = useStore(theme);
  return (
    <footer className={css['footer']}>
      <nav aria-label={t.legalNav}>
        <ul>
          {(['terms', 'privacy', 'conduct', 'cookies', 'community', 'content'] as const).map((document) => (
            <li key={document}>
              <Link to={legalPath(document)}>{t[document]}</Link>
            </li>
          ))}
          <li>
            <Link to={paths.blacklist}>{t.blacklist}</Link>
          </li>
        </ul>
      </nav>
      <div className={css['choices']}>
        <select
          aria-label={t.language}
          value={language}
          onChange={(event) => chooseLanguage(event.target.value as Language)}
        >
          {Object.entries(languages).map(([code, name]) => (
            <option key={code} value={code} lang={code}>
              {name}
            </option>
          ))}
        </select>
        <select aria-label={t.theme} value={chosen} onChange={(event) => chooseTheme(event.target.value as Theme)}>
          <option value="system">{t.themeSystem}</option>
          <option value="dark">{t.themeDark}</option>
          <option value="light">{t.themeLight}</option>
        </select>
      </div>
    </footer>
  );
}
