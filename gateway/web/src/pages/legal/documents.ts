import type { LegalDocument } from '../../app/paths';
import type { Language } from '../../i18n/language';

/** What `scripts/legal.ts` makes of a document. */
export interface LegalText {
  readonly title: string;
  readonly html: string;
}

const files = import.meta.glob<LegalText>('../../../legal/*/*.md', { import: 'default' });

const DOCUMENTS: Readonly<Record<LegalDocument, true>> = {
  terms: true,
  privacy: true,
  conduct: true,
  cookies: true,
  community: true,
  content: true,
};

export const legalDocuments = Object.keys(DOCUMENTS) as readonly LegalDocument[];

/** Whether an address names one of them. */
export function isLegalDocument(name: string | undefined): name is LegalDocument {
  return name !== undefined && Object.hasOwn(DOCUMENTS, name);
}

/** One document in one language; each is a file of its own, loaded when it is read. */
export function loadLegal(document: LegalDocument, language: Language): Promise<LegalText> {
  const load = files[`../../../legal/${language}/${document}.md`];
  return load === undefined ? Promise.reject(new Error(`no ${document} in ${language}`)) : load();
}
