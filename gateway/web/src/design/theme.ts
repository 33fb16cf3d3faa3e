import { Store } from '../app/store';

/** What the user wants; `system` follows the device. */
export type Theme = 'system' | 'dark' | 'light';

const KEY = 'napalmsky.theme';

function kept(): Theme {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'dark' || value === 'light' ? value : 'system';
  } catch {
    return 'system';
  }
}

export const theme = new Store<Theme>(kept());

export function chooseTheme(next: Theme): void {
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // It holds for this page then.
  }
  theme.set(next);
}

/** Keeps the page in the chosen theme; answers how to stop. */
export function followTheme(): () => void {
  const light = matchMedia('(prefers-color-scheme: light)');
  const apply = () => {
    const chosen = theme.get();
    document.documentElement.dataset['theme'] = chosen === 'system' ? (light.matches ? 'light' : 'dark') : chosen;
  };
  apply();
  light.addEventListener('change', apply);
  const stop = theme.subscribe(apply);
  return () => {
    stop();
    light.removeEventListener('change', apply);
  };
}
