import { type Language, language, useLanguage } from './language';

type Text = string | ((...values: never[]) => string);
type Texts = Readonly<Record<string, Text>>;

/** The same keys, and the same values in each text. */
type SameAs<T extends Texts> = {
  readonly [Key in keyof T]: T[Key] extends (...values: infer Values) => string ? (...values: Values) => string : string;
};

/** What a feature says, in every language. */
export type Translations<T extends Texts> = Readonly<Record<Language, SameAs<T>>>;

/**
 * Defines what a feature says. A language that lacks a text, or has one too many, does not compile.
 * Texts with values in them are functions.
 */
export function defineTexts<const T extends Texts>(
  english: T,
  others: Readonly<Record<Exclude<Language, 'en'>, SameAs<T>>>,
): Translations<T> {
  return { en: english as unknown as SameAs<T>, ...others };
}

/** What the feature says in the language of this page. */
export function useTexts<T extends Texts>(texts: Translations<T>): SameAs<T> {
  return texts[useLanguage()];
}

/** The same outside of components. */
export function textsOf<T extends Texts>(texts: Translations<T>): SameAs<T> {
  return texts[language.get()];
}

/** Picks by the plural rules of a language. */
export function plural(of: Language, count: number, one: string, other: string): string {
  return new Intl.PluralRules(of).select(count) === 'one' ? one : other;
}
