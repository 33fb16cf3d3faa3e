import { Store, useStore } from '../app/store';

/** The languages the client speaks, by their own names. One more is one more here, and what the compiler then misses. */
export const languages = { en: 'English', de: 'Deutsch' } as const;

export type Language = keyof typeof languages;

const KEY = 'napalmsky.language';

function isLanguage(value: string | null | undefined): value is Language {
  return value !== null && value !== undefined && Object.hasOwn(languages, value);
}

function preferred(): Language {
  try {
    const kept = localStorage.getItem(KEY);
    if (isLanguage(kept)) return kept;
  } catch {
    // Storage is blocked.
  }
  const asked = navigator.languages.map((one) => one.slice(0, 2).toLowerCase()).find(isLanguage);
  return asked ?? 'en';
}

export const language = new Store<Language>(preferred());

export function chooseLanguage(next: Language): void {
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // It holds for this page then.
  }
  language.set(next);
}

export function useLanguage(): Language {
  return useStore(language);
}
