import { useNavigate } from 'react-router';
import { paths } from '../app/paths';
import { useStore } from '../app/store';
import { Button, Dialog } from '../design';
import { defineTexts, useTexts } from '../i18n/texts';
import { signOut, standing } from '../session/session';

const texts = defineTexts(
  {
    displaced: 'You are logged in elsewhere',
    displacedWhy: 'This account was opened on another device or in another browser, so it was closed here.',
    logIn: 'Log in here',
    banned: 'Your account is suspended',
    bannedWhy: 'You cannot meet people while it is. Somebody looks at each case.',
    logOut: 'Log out',
  },
  {
    de: {
      displaced: 'Du bist woanders angemeldet',
      displacedWhy: 'Dieses Konto wurde auf einem anderen Gerät oder in einem anderen Browser geöffnet und deshalb hier geschlossen.',
      logIn: 'Hier anmelden',
      banned: 'Dein Konto ist gesperrt',
      bannedWhy: 'Solange kannst du niemanden treffen. Jeder Fall wird angesehen.',
      logOut: 'Abmelden',
    },
  },
);

/** Says why nothing goes on: the session was ended from elsewhere, or the account is suspended. */
export function SessionNotices() {
  const t = useTexts(texts);
  const now = useStore(standing);
  const navigate = useNavigate();
  const leave = (to: string) => {
    signOut();
    standing.set({ kind: 'good' });
    void navigate(to);
  };
  if (now.kind === 'displaced') {
    return (
      <Dialog alert title={t.displaced} actions={<Button onClick={() => leave(paths.login)}>{t.logIn}</Button>}>
        <p>{t.displacedWhy}</p>
      </Dialog>
    );
  }
  if (now.kind === 'banned') {
    return (
      <Dialog alert title={t.banned} actions={<Button onClick={() => leave(paths.landing)}>{t.logOut}</Button>}>
        <p>{now.message ?? t.bannedWhy}</p>
      </Dialog>
    );
  }
  return null;
}
