import { lazy, type ComponentType } from 'react';
import { paths } from './paths';

/** A page, loaded when it is first gone to. */
export interface Route {
  readonly path: string;
  readonly page: ComponentType;
  /** Whether one must be signed in; who is not is sent to begin. */
  readonly session?: boolean;
  /** Whether it fills the screen, without head and foot. */
  readonly bare?: boolean;
}

export const routes: readonly Route[] = [
  { path: paths.landing, page: lazy(() => import('../pages/landing/LandingPage')) },
  { path: paths.onboarding, page: lazy(() => import('../pages/onboarding/OnboardingPage')) },
  { path: paths.login, page: lazy(() => import('../pages/login/LoginPage')) },
  { path: paths.forgotPassword, page: lazy(() => import('../pages/login/ForgotPasswordPage')) },
  { path: paths.resetPassword, page: lazy(() => import('../pages/login/ResetPasswordPage')) },
  { path: paths.home, page: lazy(() => import('../pages/home/HomePage')), session: true },
  { path: paths.reel, page: lazy(() => import('../pages/reel/ReelPage')), session: true, bare: true },
  { path: paths.deviceCheck, page: lazy(() => import('../pages/deviceCheck/DeviceCheckPage')), session: true },
  { path: paths.call, page: lazy(() => import('../pages/call/CallPage')), session: true, bare: true },
  { path: paths.history, page: lazy(() => import('../pages/history/HistoryPage')), session: true },
  { path: paths.profile, page: lazy(() => import('../pages/profile/ProfilePage')), session: true },
  { path: paths.socials, page: lazy(() => import('../pages/profile/SocialsPage')), session: true },
  { path: paths.settings, page: lazy(() => import('../pages/settings/SettingsPage')), session: true },
  { path: paths.legal, page: lazy(() => import('../pages/legal/LegalPage')) },
  { path: paths.introductions, page: lazy(() => import('../pages/introductions/IntroductionsPage')), session: true },
  { path: paths.blocked, page: lazy(() => import('../pages/blocked/BlockedPage')), session: true },
  { path: paths.blacklist, page: lazy(() => import('../pages/blacklist/BlacklistPage')) },
  { path: paths.paywall, page: lazy(() => import('../pages/paywall/PaywallPage')), session: true },
  { path: paths.paymentReturn, page: lazy(() => import('../pages/paywall/PaymentReturnPage')) },
  { path: paths.consoleLogin, page: lazy(() => import('../pages/console/ConsoleLoginPage')) },
  { path: paths.console, page: lazy(() => import('../pages/console/ConsolePage')) },
  { path: paths.consoleTab, page: lazy(() => import('../pages/console/ConsolePage')) },
  { path: paths.consoleUser, page: lazy(() => import('../pages/console/ConsoleUserPage')) },
];
