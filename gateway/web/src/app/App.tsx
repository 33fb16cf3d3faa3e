import { Component, type ReactNode, Suspense, lazy, useEffect } from 'react';
import { BrowserRouter, Navigate, Route, Routes, useLocation } from 'react-router';
import { Button, Notice, SkeletonLines } from '../design';
import { followTheme } from '../design/theme';
import { Toasts } from '../design/toast';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { OfflinePage } from '../pages/offline/OfflinePage';
import { session } from '../session/session';
import { connection } from '../socket/connection';
import css from './app.module.css';
import { Everywhere } from './Everywhere';
import { Page } from './Page';
import { paths } from './paths';
import { routes, type Route as Described } from './routes';
import { Footer, Header } from './Shell';
import { useStore } from './store';
import { appTexts } from './texts';

const NotFoundPage = lazy(() => import('../pages/notFound/NotFoundPage'));

/** The whole client. */
export function App() {
  const t = useTexts(appTexts);
  const language = useLanguage();
  const token = useStore(session)?.token;
  useEffect(followTheme, []);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  useEffect(() => {
    if (token === undefined) connection.close();
    else void connection.open(token);
  }, [token]);
  return (
    <BrowserRouter>
      <a className={css['skip']} href="#main">
        {t.skip}
      </a>
      <Routes>
        {routes.map((route) => (
          <Route key={route.path} path={route.path} element={<Shown route={route} />} />
        ))}
        <Route path="*" element={<Shown route={{ path: '*', page: NotFoundPage }} />} />
      </Routes>
      <Everywhere />
      <Toasts />
    </BrowserRouter>
  );
}

function Shown({ route }: { readonly route: Described }) {
  const t = useTexts(appTexts);
  const signedIn = useStore(session) !== null;
  const unreached = useStore(connection.state) === 'unreached';
  const { pathname, search } = useLocation();
  if (route.session && !signedIn) {
    return <Navigate to={`${paths.onboarding}?next=${encodeURIComponent(pathname + search)}`} replace />;
  }
  const bare = route.bare && !unreached;
  return (
    <>
      {!bare && <Header />}
      <Unbroken key={pathname}>
        <Suspense
          fallback={
            <main id="main" className={css['main']}>
              <SkeletonLines label={t.loading} lines={5} />
            </main>
          }
        >
          {route.session && unreached ? <OfflinePage /> : <route.page />}
          {/* With the page, under which it belongs: what comes before its place is known jumps. */}
          {!bare && <Footer />}
        </Suspense>
      </Unbroken>
    </>
  );
}

/** Shows that a page could not be loaded or drawn, instead of nothing. */
class Unbroken extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const t = useTexts(appTexts);
  return (
    <Page title={t.broken}>
      <Notice kind="bad" action={<Button onClick={() => location.reload()}>{t.reload}</Button>}>
        {t.brokenWhy}
      </Notice>
    </Page>
  );
}
